import type { Detector } from "../../detector.ts";
import { isWrittenDate } from "../../numbering/written-date.ts";

// The same with the word behind the day, as Korean, Japanese and Chinese have it.
export const bornOn: Detector = {
  id: "born-on",
  entityType: "date_of_birth",
  confidence: 0.85,
  anchor: {
    kind: "literal",
    literals: [
      ...["일생", "일 생", "일에 태어", "일 출생", "일출생", "日生", "日出生"],
      ...Array.from("0123456789", (digit) => [
        `${digit}생`,
        `${digit}에 태어`,
        `${digit} 출생`,
        `${digit}生まれ`,
      ]).flat(),
    ],
    lead: 16,
  },
  pattern:
    /(?<!\d)(?<value>(?:\d{4}|\d{2})년 ?\d{1,2}월 ?\d{1,2}일)(?: ?생(?![가-힣])| ?출생|에 태어)|(?<!\d)(?<value>(?:\d{4}|昭和\d{1,2}|平成\d{1,2}|令和\d{1,2})年\d{1,2}月\d{1,2}日)(?:生|出生)|(?<![\w.-])(?<value>(?:\d{4}|\d{2})(?:-\d{2}-|\.\d{2}\.)\d{2}|\d{4}\/\d{1,2}\/\d{1,2}|\d{6})(?:생(?![가-힣])| 출생|에 태어|生まれ)/,
  accepts: isWrittenDate,
  samples: {
    finds: [
      { text: "1990년 1월 31일생", match: "1990년 1월 31일", why: "Korean" },
      { text: "900131생", match: "900131", why: "six digits" },
      { text: "1990.01.31에 태어났습니다", match: "1990.01.31", why: "with points" },
      { text: "昭和55年5月12日生まれ", match: "昭和55年5月12日", why: "a Japanese era" },
      { text: "1990年1月31日生まれ", match: "1990年1月31日", why: "Japanese" },
    ],
    ignores: [
      { text: "1990년 1월 31일 생산", why: "made on that day" },
      { text: "900131생산", why: "the number of a product" },
    ],
  },
};
