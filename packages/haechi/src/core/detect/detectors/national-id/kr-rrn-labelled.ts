import type { Detector } from "../../detector.ts";
import { digitsOf } from "../../numbering/digits-of.ts";
import { hasBirthDate, KR_RRN_FORMS } from "../../numbering/kr-resident-number.ts";
import { standing } from "../../surroundings/edges.ts";
import { labelWords } from "../../surroundings/label-words.ts";

// Anyone may have been given a new number since 2020-10-05, with random last
// digits: then the label and the day of birth are the evidence.
export const krRrnLabelled: Detector = {
  id: "kr-rrn-labelled",
  entityType: "kr_rrn",
  confidence: 0.6,
  anchor: { kind: "digits", run: 6, lead: 1 },
  pattern: new RegExp(standing(KR_RRN_FORMS)),
  accepts: (match) => hasBirthDate(digitsOf(match)),
  context: {
    requires: labelWords(
      "주민,주민번호,주민등록번호,외국인번호,외국인등록,거소신고,외국인 등록,주민등록,등록번호,resident registration,resident reg,resident number,resident no,resident id,alien registration,foreigner registration,foreigner number,foreign registration,korean id,jumin,jumin no,rrn,rrns,krrrn,frn,frns,ssn",
    ),
    reach: 40,
  },
  samples: {
    finds: [
      { text: "주민등록번호: 850315-2765432", match: "850315-2765432", why: "a renumbered citizen" },
      { text: '{"residentRegistrationNumber":"8503152765432"}', match: "8503152765432", why: "a member of JSON" },
      { text: "My RRN is 850315.2765432", match: "850315.2765432", why: "the English abbreviation, a point" },
    ],
    ignores: [
      { text: "850315-2765432", why: "no label" },
      { text: "주민등록번호: 851315-2765432", why: "month 13" },
      { text: "주민등록번호: 850315-2******", why: "a number that is masked" },
    ],
  },
};
