import type { Detector } from "../../detector.ts";
import { FULL_NAME, isLikelyName } from "../../numbering/latin-name.ts";
import { NAME_LABELS } from "./name-labels.ts";

// Names in a column of a table whose header is used of people only, as far as the first rows go.
export const nameColumn: Detector = {
  id: "name-column",
  entityType: "person_name",
  confidence: 0.75,
  anchor: { kind: "keyed", names: NAME_LABELS, reach: 2000, memberValue: new RegExp(FULL_NAME) },
  pattern: new RegExp(`(?<![\\w.-])(?<value>${FULL_NAME})(?![\\w(:/\\\\-])`),
  accepts: isLikelyName,
  // Nothing but the header is near enough.
  context: { requires: NAME_LABELS, reach: 1 },
  samples: {
    finds: [
      { text: "id,full_name,email\n1,Jane Cooper,jane@example.com\n", match: "Jane Cooper", why: "CSV" },
      { text: "| id | Patient name |\n|---|---|\n| 1 | Robert Fox |\n", match: "Robert Fox", why: "Markdown" },
    ],
    ignores: [
      { text: "id,full_name,city\n1,x,New York\n", why: "another column" },
      { text: "the full name of Jane Cooper", why: "no table" },
    ],
  },
};
