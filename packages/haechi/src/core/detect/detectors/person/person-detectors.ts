import type { Detector } from "../../detector.ts";
import { bornOn } from "./born-on.ts";
import { dateOfBirth } from "./date-of-birth.ts";

export const personDetectors: readonly Detector[] = [dateOfBirth, bornOn];
