import type { Detector } from "../../detector.ts";
import { concealFromUser } from "./conceal-from-user.ts";
import { instructionOverride } from "./instruction-override.ts";
import { promptMarkers } from "./prompt-markers.ts";
import { roleReassignment } from "./role-reassignment.ts";
import { toolInduction } from "./tool-induction.ts";

export const injectionDetectors: readonly Detector[] = [
  instructionOverride,
  roleReassignment,
  promptMarkers,
  concealFromUser,
  toolInduction,
];
