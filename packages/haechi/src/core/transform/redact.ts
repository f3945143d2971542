import type { EntityType } from "../detect/entity-type.ts";
import { writeRedactedMarker } from "./marker.ts";

/** The replacement for `redact`: what kind of thing stood here, and nothing of it. */
export function redactText(entityType: EntityType): string {
  return writeRedactedMarker(entityType);
}
