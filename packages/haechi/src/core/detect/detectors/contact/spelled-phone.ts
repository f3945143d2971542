import type { Detector } from "../../detector.ts";

const KOREAN = "[공영일이삼사오육륙칠팔구]";
const ENGLISH = "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)";
const BETWEEN = "[ ,.-]{0,2}";
const BETWEEN_WORDS = "(?: - |, |[ -])";

// Mobile numbers of Korea in the words of their digits, as they are said: 공일공 일이삼사 오육칠팔.
const koreanSpelledPhone: Detector = {
  id: "kr-spelled-phone",
  entityType: "phone",
  confidence: 0.8,
  anchor: { kind: "literal", literals: ["공일", "영일"] },
  pattern: new RegExp(
    `(?<![가-힣])(?:[공영]일[공영]${BETWEEN}${KOREAN}{4}${BETWEEN}${KOREAN}{4}|[공영]일[일육칠팔구]${BETWEEN}${KOREAN}{3,4}${BETWEEN}${KOREAN}{4})`,
  ),
  samples: {
    finds: [
      { text: "공일공 일이삼사 오육칠팔", why: "a number as it is said" },
      { text: "전화는 공일공-구팔칠육-오사삼이번", match: "공일공-구팔칠육-오사삼이", why: "hyphens, a particle" },
      { text: "영일영일이삼사오육칠팔", why: "in one word" },
      { text: "공일일 이삼사 오육칠팔", why: "an older prefix" },
    ],
    ignores: [
      { text: "공일공 사건", why: "a name" },
      { text: "영일만 이사 오육칠팔", why: "a place" },
      { text: "가공일공 일이삼사 오육칠팔", why: "a part of a word" },
    ],
  },
};

// Numbers in the words of their digits, nine or more, behind a word for them.
const spelledPhone: Detector = {
  id: "spelled-phone",
  entityType: "phone",
  confidence: 0.7,
  anchor: {
    kind: "literal",
    literals: ["zero"],
    ignoreCase: true,
    lead: 120,
  },
  pattern: new RegExp(`(?<!\\w)(?:plus${BETWEEN_WORDS})?${ENGLISH}(?:${BETWEEN_WORDS}${ENGLISH}){8,14}(?!\\w)`, "i"),
  // Nearly every number holds one; without one it is not found.
  accepts: (match) => /zero/i.test(match),
  context: {
    requires: [..."phone,telephone,mobile,cell,tel,call,dial,text me,reach me,my number".split(",")],
    reach: 32,
  },
  samples: {
    finds: [
      {
        text: "phone: zero one zero one two three four five six seven eight",
        match: "zero one zero one two three four five six seven eight",
        why: "digits as they are said",
      },
      {
        text: "Call me: five five five, two one two, four zero one nine",
        match: "five five five, two one two, four zero one nine",
        why: "in groups",
      },
    ],
    ignores: [
      { text: "zero one two three four five six seven eight nine", why: "counting, and no phone" },
      { text: "phone lines one two three and zero", why: "too few" },
    ],
  },
};

export const spelledPhones: readonly Detector[] = [koreanSpelledPhone, spelledPhone];
