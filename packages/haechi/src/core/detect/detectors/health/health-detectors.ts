import type { Detector } from "../../detector.ts";
import { anglophoneHealthNumbers } from "./anglophone-health-numbers.ts";

export const healthDetectors: readonly Detector[] = [...anglophoneHealthNumbers];
