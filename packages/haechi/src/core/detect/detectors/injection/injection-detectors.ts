import type { Detector } from "../../detector.ts";
import { addressedToModel } from "./addressed-to-model.ts";
import { behindTheUser } from "./behind-the-user.ts";
import { concealments } from "./concealment.ts";
import { instructionOverrides } from "./instruction-override.ts";
import { limitlessRoles } from "./limitless-role.ts";
import { promptDisclosures } from "./prompt-disclosure.ts";
import { promptMarkers } from "./prompt-markers.ts";
import { roleAndLimits } from "./role-and-limits.ts";

export const injectionDetectors: readonly Detector[] = [
  ...instructionOverrides,
  ...roleAndLimits,
  ...limitlessRoles,
  promptMarkers,
  ...behindTheUser,
  ...concealments,
  ...addressedToModel,
  ...promptDisclosures,
];
