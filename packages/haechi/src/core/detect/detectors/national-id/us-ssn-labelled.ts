import type { Detector } from "../../detector.ts";
import { isSocialSecurityNumber } from "../../numbering/us-social-security.ts";
import { standing } from "../../surroundings/edges.ts";
import { grouped } from "../../surroundings/grouped.ts";
import { labelWords } from "../../surroundings/label-words.ts";

const GROUPS = ["\\d{3}", "\\d{2}", "\\d{4}"];

// Nine digits, in any grouping, that are called a social security number.
export const usSsnLabelled: Detector = {
  id: "us-ssn-labelled",
  entityType: "us_ssn",
  confidence: 0.7,
  anchor: { kind: "digits", run: 3, lead: 1 },
  pattern: new RegExp(
    standing(`(?:${grouped(GROUPS, ["", " ", ".", "/", "_"])}|\\d{3}-\\d{6}|\\d{5}-\\d{4}|\\d{3}[ -]\\d{3}[ -]\\d{3})`),
  ),
  accepts: (match) => isSocialSecurityNumber(match) && !/^(\d)\1{8}$/.test(match),
  context: {
    requires: labelWords(
      "ssn,ssns,social security,social sec,soc sec,ss no,ss num,ss number,my social,social number,social no,social is,ss#,social:,social#,social (,seguro social,taxpayer id,taxpayer identification,사회보장번호,社会保障号,社會安全號碼",
    ),
    // An extended ZIP code has five digits and four.
    forbids: ["zip", "postal", "zipcode"],
    reach: 40,
  },
  samples: {
    finds: [
      { text: "social security number 078051120", match: "078051120", why: "the label in full" },
      { text: '{"applicantSsn": 536904399}', match: "536904399", why: "a member of JSON" },
      { text: "SSN# 078-051121", match: "078-051121", why: "a hyphen left out" },
      { text: "SSN: 078 051 121", match: "078 051 121", why: "groups of three" },
      { text: "078051120 is my SSN", match: "078051120", why: "the label behind it" },
    ],
    ignores: [
      { text: "078051120", why: "no label" },
      { text: "social security number 666051120", why: "area 666" },
      { text: "invalid SSN: 111111111", why: "nine equal digits" },
      { text: "zip 60601-1234, no ssn", why: "a ZIP code" },
      { text: "the classname 078051120", why: "the label is a piece of another word" },
    ],
  },
};
