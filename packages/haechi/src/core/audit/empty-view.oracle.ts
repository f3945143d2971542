import type { EntryView } from "./entry-view.ts";

/** What is seen of the seventh entry of a log that says nothing. */
export const EMPTY_VIEW: EntryView = {
  segment: 1,
  sequence: 7,
  id: "",
  timestamp: "",
  correlationId: null,
  protocol: "",
  operation: "",
  routeId: null,
  profile: null,
  identityId: null,
  mode: "n/a",
  enforced: false,
  blocked: false,
  decision: null,
  reason: null,
  kid: null,
  newKid: null,
  changedKeys: [],
  detectionCount: 0,
  byType: new Map(),
  byAction: new Map(),
};
