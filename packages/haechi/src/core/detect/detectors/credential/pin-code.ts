import type { Detector } from "../../detector.ts";
import { unlessBehind } from "../../surroundings/behind-name.ts";

const OTHER_NAMES = ["비밀번호", "비번", "핀번호", "暗証番号", "パスワード", "密码", "密碼"];

// A personal identification number of four digits, said or assigned. Longer numbers
// under the name are postal codes in India, shorter ones the pins of a connector.
export const pinCode: Detector = {
  id: "pin-code",
  entityType: "secret",
  confidence: 0.6,
  anchor: { kind: "digits", run: 4 },
  pattern: /(?<![\w+.,/-])\d{4}(?![\w:/-])/,
  accepts: (match) => !/^(?:19|20)\d\d$/.test(match),
  context: {
    requires: ["pin", "pins", ...OTHER_NAMES],
    rejects: unlessBehind(
      "(?:(?<![\\w-])pins?(?: ?code| number| no\\.?)?[\"']?(?: is| was|:| =|=)" +
        `|(?:${OTHER_NAMES.join("|")})["']?(?: ?[:=：]|[는은は是]))` +
        " {0,2}[\"']?",
    ),
    reach: 24,
  },
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
