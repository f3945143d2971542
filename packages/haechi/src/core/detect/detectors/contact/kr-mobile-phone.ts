import type { Detector } from "../../detector.ts";

// Korean mobile numbers: 010 and the older 011, 016 to 019, at home with a leading
// 0, abroad behind +82. A run without separators must be 010 and eight digits, or
// any number of ten digits that is padded with 0, or begins with 1, would be one.
export const krMobilePhone: Detector = {
  id: "kr-phone",
  entityType: "phone",
  confidence: 0.9,
  anchor: { kind: "digits", run: 3, lead: 12 },
  pattern: new RegExp(
    [
      "(?<![\\w+-])\\+82[ .-]?(?:\\(0\\)|0)?[ .-]?1[016789](?:[-]\\d{3,4}[-]|[.]\\d{3,4}[.]|[ ]\\d{3,4}[ ]|\\d{3,4})\\d{4}(?![\\w-])",
      "(?<![\\w+-])(?:\\(01[016789]\\) ?|01[016789]\\) ?)\\d{3,4}[-. ]\\d{4}(?![\\w-])",
      "(?:(?<![\\w.+-])|(?<!\\d)\\.)(?<value>01[016789](?:[-]\\d{3,4}[-]|[.]\\d{3,4}[.]|[ ]\\d{3,4}[ -])\\d{4}|010(?: ?- ?\\d{4} ?- ?| ?/ ?\\d{4} ?/ ?|_\\d{4}_)\\d{4}|010\\d{8}|(?:82-)?10[-]\\d{4}[-]\\d{4})(?![\\w-])",
    ].join("|"),
  ),
  samples: {
    finds: [
      { text: "010-1234-5678", why: "hyphens" },
      { text: "01012345678", why: "a bare run that begins with 0" },
      { text: "T.010.1234.5678", match: "010.1234.5678", why: "dots behind a label" },
      { text: "+82 10-1234-5678", why: "from abroad" },
      { text: "+82(0)10-1234-5678", why: "the trunk 0 in parentheses" },
      { text: "82-10-1234-5678", why: "from abroad, the + left out" },
      { text: "연락처 011 234 5678로", match: "011 234 5678", why: "an older prefix, blanks" },
      { text: "(010) 1234-5678", why: "the prefix in parentheses" },
    ],
    ignores: [
      { text: "1012345678", why: "a bare run without the leading 0" },
      { text: "seq=0118887004", why: "a padded number" },
      { text: "550e8400-e29b-41d4-a716-01012345678a", why: "the tail of a UUID" },
      { text: "16.5966031 -0.0110956915", why: "coordinates" },
      { text: "10.600 2931", why: "figures in a log" },
      { text: "010-1234\n5678", why: "a line break inside" },
    ],
  },
};
