import type { Detector } from "../../detector.ts";

// A personal identification number of four digits, said or assigned. Longer numbers
// under the name are postal codes in India, shorter ones the pins of a connector.
export const pinCode: Detector = {
  id: "pin-code",
  entityType: "secret",
  confidence: 0.6,
  anchor: {
    kind: "keyed",
    names: ["pin", "비밀번호", "비번", "핀번호", "暗証番号", "パスワード", "密码", "密碼"],
    reach: 24,
    memberValue: /\d{4}/,
  },
  pattern: new RegExp(
    "(?:(?<![\\w-])pin(?: ?code| number| no\\.?)?(?: is| was|:| =|=)" +
      "|(?:비밀번호|비번|핀번호|暗証番号|パスワード|密码|密碼)(?: ?[:=：]|[는은は是]))" +
      " {0,2}[\"']?(?<value>\\d{4})(?![\\w:/-])",
    "i",
  ),
  accepts: (match) => !/^(?:19|20)\d\d$/.test(match),
  samples: {
    finds: [
      { text: "My card PIN is 4921, please", match: "4921", why: "a sentence" },
      { text: "pin: 4921", match: "4921", why: "an assignment" },
      { text: "비밀번호는 4921 입니다", match: "4921", why: "Korean" },
    ],
    ignores: [
      { text: "pin: 13", why: "a pin of a connector" },
      { text: "pin code: 560001", why: "a postal code" },
      { text: "pin: 2024", why: "a year" },
      { text: "spin: 4921", why: "a piece of a word" },
    ],
  },
};
