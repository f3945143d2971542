import type { Detector } from "../../detector.ts";
import { addressedToModel } from "./addressed-to-model.ts";
import { authorityUndoneDetectors } from "./authority-undone.ts";
import { behindTheUser } from "./behind-the-user.ts";
import { concealments } from "./concealment.ts";
import { instructionOverrides } from "./instruction-override.ts";
import { limitlessRoles } from "./limitless-role.ts";
import { limitsOff } from "./limits-off.ts";
import { notesToModel } from "./note-to-model.ts";
import { ordersToModel } from "./order-to-model.ts";
import { promptDisclosures } from "./prompt-disclosure.ts";
import { promptMarkers } from "./prompt-markers.ts";
import { roleAndLimits } from "./role-and-limits.ts";
import { rulesUndone } from "./rules-undone.ts";

export const injectionDetectors: readonly Detector[] = [
  ...instructionOverrides,
  ...roleAndLimits,
  ...limitlessRoles,
  ...limitsOff,
  promptMarkers,
  ...behindTheUser,
  ...concealments,
  ...addressedToModel,
  ...ordersToModel,
  ...notesToModel,
  ...authorityUndoneDetectors,
  ...rulesUndone,
  ...promptDisclosures,
];
