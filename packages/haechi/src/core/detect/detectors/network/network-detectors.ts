import type { Detector } from "../../detector.ts";

export const networkDetectors: readonly Detector[] = [];
