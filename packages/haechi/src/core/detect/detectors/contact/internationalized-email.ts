import type { Detector } from "../../detector.ts";

// Chinese, Japanese kana and Hangul: scripts that put no blank between words.
const IDEOGRAPHS = "\\u3040-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7a3";
const TOP_LEVEL = [
  ..."公司 中国 中國 网络 网址 商城 香港 台灣 台湾 新加坡 在线 移动 集团 政务 测试 測試".split(" "),
  ..."한국 닷컴 닷넷 삼성 테스트 みんな コム クラウド テスト 世界".split(" "),
];

// RFC 6531 in scripts without blanks: as any word may touch an address there, only a
// domain in the script makes one.
export const internationalizedEmail: Detector = {
  id: "internationalized-email",
  entityType: "email",
  confidence: 0.85,
  anchor: { kind: "at-sign", lead: 32 },
  pattern: new RegExp(
    `(?<![\\w.${IDEOGRAPHS}])[\\w.+${IDEOGRAPHS}-]{1,32}@(?:[a-z\\d-]{1,63}\\.){0,4}[a-z\\d-]{0,20}[${IDEOGRAPHS}]{1,20}[a-z\\d-]{0,20}\\.(?:${TOP_LEVEL.join("|")}|[a-z]{2,24}(?![\\w-]))`,
    "i",
  ),
  samples: {
    finds: [
      { text: "用户@例子.公司", why: "Chinese" },
      { text: "홍길동@예시.한국", why: "Korean" },
      { text: "info@例え.jp", why: "a Japanese name under an ASCII domain" },
      { text: "邮箱：用户@例子.公司，谢谢", match: "用户@例子.公司", why: "a Chinese sentence" },
    ],
    ignores: [
      { text: "连接@主机", why: "no domain" },
      { text: "메일은kim@example.kr", why: "an ASCII domain" },
    ],
  },
};
