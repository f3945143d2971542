import type { Detector } from "../../detector.ts";
import { hasGivenNameSyllables, KOREAN_SURNAME } from "../../numbering/korean-name.ts";
import { ANSWERED, CALLED_WITH } from "./name-labels.ts";

const NAME = `${KOREAN_SURNAME}[가-힣]{2}`;
const CALLED = "이름은,성함은,성명은,담당자,담당자는,예금주,예금주는,수령인,수취인,신청인,보호자,대표자".split(",");
// Lines and words of their own, before names of three syllables.
const ALONE = "이름,성명,성함,고객명,환자명,회원명".split(",");
const LABELS = ["name", "Name", "NAME", "patient", "Patient", "customer", "Customer", "저는", "안녕하세요", ...CALLED];

// A surname and two syllables that are usual in given names behind a label or key
// that names much else too.
export const koreanNameLine: Detector = {
  id: "korean-name-line",
  entityType: "person_name",
  confidence: 0.6,
  anchor: {
    kind: "keyed",
    names: ["name", "patient", "customer", "저는", "안녕하세요", ...CALLED, ...ALONE],
    reach: 20,
    memberValue: new RegExp(NAME),
  },
  pattern: new RegExp(
    `(?:(?:${LABELS.join("|")})(?:\\\\{0,3}["'\`]? ?[:=：] {0,3}\\\\{0,3}["'\`]?|,? (?:is )?|>|${CALLED_WITH}|${ANSWERED})|(?:${ALONE.join("|")})(?:\\n|${ANSWERED}|${CALLED_WITH}|>))(?<value>${NAME})(?:(?![가-힣])|입니다|이고|이라고|이에요|예요)`,
  ),
  accepts: hasGivenNameSyllables,
  samples: {
    finds: [
      { text: '{"name": "홍길동"}', match: "홍길동", why: "a member of JSON in a text" },
      { text: "이름은 김민준입니다", match: "김민준", why: "a sentence" },
      { text: "<name>한소희</name>", match: "한소희", why: "XML" },
      { text: "이름\n최수아", match: "최수아", why: "on the line behind" },
      { text: "담당자 홍길동", match: "홍길동", why: "a label without a sign" },
      { text: "안녕하세요, 김민수입니다", match: "김민수", why: "an introduction" },
    ],
    ignores: [
      { text: '"name": "도서관"', why: "a library" },
      { text: '"name": "이미지"', why: "an image" },
    ],
  },
};
