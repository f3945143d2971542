import type { Detector } from "../../detector.ts";

export const taxDetectors: readonly Detector[] = [];
