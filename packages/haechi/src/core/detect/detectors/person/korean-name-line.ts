import type { Detector } from "../../detector.ts";
import { hasGivenNameSyllables, KOREAN_SURNAME } from "../../numbering/korean-name.ts";

const NAME = `${KOREAN_SURNAME}[가-힣]{2}`;
const CALLED = "이름은,성함은,성명은,담당자,담당자는,예금주,예금주는,수령인,수취인,신청인,보호자,대표자".split(",");
const LABELS = ["name", "Name", "NAME", "patient", "Patient", "customer", "Customer", "저는", "안녕하세요", ...CALLED];

// A surname and two syllables that are usual in given names behind a label or key
// that names much else too.
export const koreanNameLine: Detector = {
  id: "korean-name-line",
  entityType: "person_name",
  confidence: 0.6,
  anchor: {
    kind: "keyed",
    names: ["name", "patient", "customer", "저는", "안녕하세요", ...CALLED],
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
      { text: "이름은 김민준입니다", match: "김민준", why: "a sentence" },
      { text: "담당자 홍길동", match: "홍길동", why: "a label without a sign" },
      { text: "안녕하세요, 김민수입니다", match: "김민수", why: "an introduction" },
    ],
    ignores: [
      { text: '"name": "도서관"', why: "a library" },
      { text: '"name": "이미지"', why: "an image" },
    ],
  },
};
