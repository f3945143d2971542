import type { Detector } from "../../detector.ts";
import { isSocialSecurityNumber } from "../../numbering/us-social-security.ts";
import { standingApart } from "../../surroundings/edges.ts";
import { grouped } from "../../surroundings/grouped.ts";
import { inTechnicalNumber } from "../../surroundings/surroundings.ts";

// The same number with blanks or points, which figures in a row have as well.
export const usSsnSpaced: Detector = {
  id: "us-ssn-spaced",
  entityType: "us_ssn",
  confidence: 0.75,
  anchor: { kind: "digits", run: 3, lead: 1 },
  pattern: new RegExp(standingApart(grouped(["\\d{3}", "\\d{2}", "\\d{4}"], [" ", "."]))),
  accepts: isSocialSecurityNumber,
  context: { rejects: inTechnicalNumber, reach: 40 },
  samples: {
    finds: [
      { text: "078 05 1123", why: "blanks" },
      { text: "it is 078.05.1123.", match: "078.05.1123", why: "points, sentence end" },
    ],
    ignores: [
      { text: "666 12 3456", why: "area 666" },
      { text: "12 078 05 1123", why: "a row of figures" },
      { text: "v078.05.1123", why: "a version" },
      { text: "078.05.1123.2", why: "one more group" },
      { text: "078 05\n1123", why: "a line break inside" },
    ],
  },
};
