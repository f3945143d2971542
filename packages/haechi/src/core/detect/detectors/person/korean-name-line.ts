import type { Detector } from "../../detector.ts";
import { hasGivenNameSyllables, KOREAN_SURNAME } from "../../numbering/korean-name.ts";

const NAME = `${KOREAN_SURNAME}[가-힣]{2}`;
const LABELS = ["name", "Name", "NAME", "patient", "Patient", "customer", "Customer", "저는", "안녕하세요"];

// A surname and two syllables that are usual in given names behind a label or key
// that names much else too.
export const koreanNameLine: Detector = {
  id: "korean-name-line",
  entityType: "person_name",
  confidence: 0.6,
  anchor: {
    kind: "keyed",
    names: ["name", "patient", "customer", "저는", "안녕하세요"],
    reach: 12,
    memberValue: new RegExp(NAME),
  },
  pattern: new RegExp(
    `(?:${LABELS.join("|")})(?:\\\\{0,3}["'\`]? ?[:=：] {0,3}\\\\{0,3}["'\`]?|,? (?:is )?)(?<value>${NAME})(?:(?![가-힣])|입니다|이고|이라고|이에요|예요)`,
  ),
  accepts: hasGivenNameSyllables,
  samples: {
    finds: [
      { text: '{"name": "홍길동"}', match: "홍길동", why: "a member of JSON in a text" },
      { text: "안녕하세요, 김민수입니다", match: "김민수", why: "an introduction" },
    ],
    ignores: [
      { text: '"name": "도서관"', why: "a library" },
      { text: '"name": "이미지"', why: "an image" },
    ],
  },
};
