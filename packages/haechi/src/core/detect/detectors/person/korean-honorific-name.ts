import type { Detector } from "../../detector.ts";
import { GIVEN_NAME_SYLLABLES, isLikelyKoreanName, KOREAN_SURNAME } from "../../numbering/korean-name.ts";

const ADDRESSED = ["님", "씨", "고객님", "환자", "회원님", "선생님"];
/** Behind a name without a blank, where other words would end so too: `날씨`, `손님`. */
const ATTACHED = ["님", "씨"].flatMap((word) => Array.from(GIVEN_NAME_SYLLABLES, (syllable) => syllable + word));

// A surname, of two syllables at most, and two more before the word that addresses a person.
export const koreanHonorificName: Detector = {
  id: "korean-honorific-name",
  entityType: "person_name",
  confidence: 0.6,
  anchor: {
    kind: "literal",
    literals: [...ADDRESSED.map((word) => ` ${word}`), ...ATTACHED],
    lead: 4,
  },
  pattern: new RegExp(
    `(?<![가-힣])(?<value>${KOREAN_SURNAME}[가-힣]{2})(?: (?:${ADDRESSED.join("|")})|(?<=[${GIVEN_NAME_SYLLABLES}])[님씨])`,
  ),
  accepts: isLikelyKoreanName,
  context: { rejects: (_, after) => /^ ?(?:님|씨)[가-힣]{3}/.test(after), reach: 5 },
  samples: {
    finds: [
      { text: "홍길동님,", match: "홍길동", why: "a letter" },
      { text: "김철수 씨는", match: "김철수", why: "a report" },
      { text: "이영희 고객님", match: "이영희", why: "a customer" },
    ],
    ignores: [
      { text: "이용자님", why: "a user" },
      { text: "선생님", why: "a teacher" },
      { text: "하나님", why: "God" },
    ],
  },
};
