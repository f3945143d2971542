import type { Detector } from "../../detector.ts";
import { standing } from "../../surroundings/edges.ts";
import { amongFigures, anyOf, inHexDump, inPath, inTimestamp, inUuid } from "../../surroundings/surroundings.ts";

// Mobile and service numbers of large countries that dial no prefix, where the code
// and the usual grouping together are like nothing else.
const FORMS = [
  // China: 3-4-4, codes 13x to 19x.
  "(?:86[ -])?1[3-9]\\d(?: \\d{4} \\d{4}|-\\d{4}-\\d{4})",
  // The same undivided behind a Chinese character or sign.
  "(?<=[\\u3001\\u3002\\u4e00-\\u9fff\\uff08\\uff0c\\uff1a])1[3-9]\\d{9}",
  // India: 5-5, first digit 6 to 9.
  "(?:91 )?[6-9]\\d{4} \\d{5}",
  // Brazil: area code, 9, 4-4.
  "(?:(?:55 )?[1-9]\\d 9 ?|\\([1-9]\\d\\) ?9 )\\d{4}-\\d{4}",
  // Toll-free and local-rate numbers of Australia, toll-free ones of other countries.
  "1[38]00[ -]\\d{3}[ -]\\d{3}",
  "1800[ -]\\d{3}[ -]\\d{4}",
  "1-[38]00-\\d{3}-\\d{3}",
  // Russia: 8, 3-3-2-2. Belarus: 8, the area code with its 0.
  "8[ -][3489]\\d{2}[ -]\\d{3}[ -]\\d{2}[ -]\\d{2}",
  "8 (?:0\\d{2} \\d{3}|0\\d{3} \\d{2}|801 \\d{3})-\\d{2}-\\d{2}",
  // Spain: 3-2-2-2.
  "[67]\\d{2} \\d{2} \\d{2} \\d{2}",
];

export const mobilePhoneGroups: Detector = {
  id: "mobile-phone-groups",
  entityType: "phone",
  confidence: 0.65,
  anchor: { kind: "digits", run: 2, lead: 3 },
  pattern: new RegExp(standing(FORMS.join("|"))),
  context: { rejects: anyOf(inHexDump, inUuid, inPath, inTimestamp, amongFigures), reach: 40 },
  samples: {
    finds: [
      { text: "138 1234 5678", why: "China" },
      { text: "联系人张三，13812345678", match: "13812345678", why: "an undivided Chinese number" },
      { text: "98765 43210", why: "India" },
      { text: "11 98765-4321", why: "Brazil" },
      { text: "8 912 345-67-89", why: "Russia" },
      { text: "612 34 56 78", why: "Spain" },
    ],
    ignores: [
      { text: "128 1234 5678", why: "no mobile code" },
      { text: "77507-12340", why: "the number of an article" },
      { text: "98765-4321", why: "a postal code" },
      { text: "12 98765 43210", why: "columns of figures" },
      { text: "13812345678", why: "no separators" },
    ],
  },
};
