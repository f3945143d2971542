import type { Detector } from "../../detector.ts";

export const personDetectors: readonly Detector[] = [];
