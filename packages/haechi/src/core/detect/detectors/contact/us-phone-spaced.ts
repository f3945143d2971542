import type { Detector } from "../../detector.ts";
import { EXTENSION } from "../../numbering/phone-extension.ts";
import { standing } from "../../surroundings/edges.ts";
import { amongFigures, anyOf, inHexDump, inPath, inTableOfFigures, inUuid } from "../../surroundings/surroundings.ts";

// The same with blanks alone, in the ranges of the plan (area and exchange 2 to 9).
// Columns of figures look alike, so not in tables of figures and lines of logs.
export const usPhoneSpaced: Detector = {
  id: "us-phone-spaced",
  entityType: "phone",
  confidence: 0.7,
  anchor: { kind: "digits", run: 3, lead: 2 },
  pattern: new RegExp(standing(`(?:1 )?[2-9]\\d{2} [2-9]\\d{2} \\d{4}${EXTENSION}`), "i"),
  context: {
    rejects: anyOf(inHexDump, inUuid, inPath, amongFigures, inTableOfFigures, isCounter, inLogLine),
    reach: 60,
  },
  samples: {
    finds: [
      { text: "650 253 0000", why: "blanks" },
      { text: "My number is 1 650 253 0000.", match: "1 650 253 0000", why: "the trunk 1" },
    ],
    ignores: [
      { text: "650 253 0000 412", why: "columns of figures" },
      { text: "863 794 1369\n864 795 1370", why: "a table of figures" },
      { text: "rx 863 794 1369", why: "what a counter shows" },
      { text: "863 794 1369 bytes", why: "a quantity" },
      { text: "2005-06-03 15:42:50 kernel: 863 794 1369 corrected", why: "a line of a log" },
    ],
  },
};

/** Behind the name of something that is counted, or before a unit. */
function isCounter(before: string, after: string): boolean {
  return (
    /(?<![a-z])(?:p?pid|tid|uid|gid|seq|ack|rx|tx|len|off|pos|lba|ino)[ =:]$/i.test(before) ||
    /^ ?(?:bytes?|[kmgt]i?b|[mnuµ]?s|packets?|rows?|records?)(?![a-z])/i.test(after)
  );
}

/** On a line that begins with a time of day, or has a fraction of a second. */
function inLogLine(before: string): boolean {
  return /\d\d[:.]\d\d[:.]\d\d[^\n]*$/.test(before);
}
