import type { Detector } from "../../detector.ts";
import { unlessBehind } from "../../surroundings/behind-name.ts";

const NAMES = ["生年月日", "誕生日", "生まれ", "birth date", "birthday", "date of birth", "dob"];

// A day of birth in the first years of a Japanese era, all of its numbers of one digit.
export const eraBirthDate: Detector = {
  id: "era-birth-date",
  entityType: "date_of_birth",
  confidence: 0.85,
  anchor: { kind: "literal", literals: ["昭和", "平成", "令和"] },
  pattern: /(?:昭和|平成|令和)\d年 ?\d月 ?\d日/,
  context: { requires: NAMES, rejects: unlessBehind(`(?:${NAMES.join("|")})[^\\n\\d]{0,12}`), reach: 24 },
  samples: {
    finds: [{ text: "生年月日：平成2年1月5日", match: "平成2年1月5日", why: "a label" }],
    ignores: [{ text: "発行日：平成2年1月5日", why: "another day" }],
  },
};
