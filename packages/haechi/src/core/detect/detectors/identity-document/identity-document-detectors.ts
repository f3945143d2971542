import type { Detector } from "../../detector.ts";
import { driverLicences } from "./driver-licences.ts";
import { machineReadableZone } from "./machine-readable-zone.ts";
import { passportNumbers } from "./passport-numbers.ts";

export const identityDocumentDetectors: readonly Detector[] = [
  machineReadableZone,
  ...passportNumbers,
  ...driverLicences,
];
