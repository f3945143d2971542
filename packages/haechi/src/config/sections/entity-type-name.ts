import { textMatching } from "../value-kinds.ts";

/** Name of an entity type; it appears in markers, audit events and metric labels. */
export const entityType = textMatching(
  /^[a-z][a-z0-9_]{0,63}$/,
  "an entity type: up to 64 lower-case letters, digits and _, a letter first",
);
