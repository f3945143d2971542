import type { Detector } from "../../detector.ts";

export const identityDocumentDetectors: readonly Detector[] = [];
