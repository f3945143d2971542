import type { Detector } from "../../detector.ts";
import { isSocialSecurityNumber } from "../../numbering/us-social-security.ts";
import { standing } from "../../surroundings/edges.ts";
import { grouped } from "../../surroundings/grouped.ts";
import { anyOf, inFileHash, inPartNumber, inUuid } from "../../surroundings/surroundings.ts";

// Area, group and serial number, 3-2-4 (Social Security Administration, POMS
// RM 10201.000). Nine bare digits are any number.
export const usSsn: Detector = {
  id: "us-ssn",
  entityType: "us_ssn",
  confidence: 0.85,
  anchor: { kind: "digits", run: 3, lead: 1 },
  pattern: new RegExp(standing(grouped(["\\d{3}", "\\d{2}", "\\d{4}"], ["-", " - "]))),
  accepts: isSocialSecurityNumber,
  context: { rejects: anyOf(inUuid, inFileHash, inPartNumber), reach: 40 },
  samples: {
    finds: [
      { text: "078-05-1120", why: "hyphens" },
      { text: "078 - 05 - 1120", why: "blanks round the hyphens" },
      { text: "SSN-078-05-1120.", match: "078-05-1120", why: "joined to its label, sentence end" },
    ],
    ignores: [
      { text: "000-12-3456", why: "area 000" },
      { text: "666-12-3456", why: "area 666" },
      { text: "900-12-3456", why: "areas from 900 are taxpayer numbers" },
      { text: "078-00-1120", why: "group 00" },
      { text: "078-05-0000", why: "serial 0000" },
      { text: "KB-078-05-1120", why: "a part number" },
      { text: "XXX-XX-1120", why: "a number that is masked" },
      { text: "078051120", why: "bare digits" },
      { text: "1-078-05-1120", why: "a piece of a longer number" },
      { text: "078-05 1120", why: "the separator changes" },
    ],
  },
};
