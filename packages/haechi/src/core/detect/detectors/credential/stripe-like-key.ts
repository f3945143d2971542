import type { Detector } from "../../detector.ts";

// Keys that begin with sk_, rk_ or pk_: Stripe (live and test) and those that copy it.
export const stripeLikeKey: Detector = {
  id: "openai-like-key",
  entityType: "api_key",
  confidence: 0.95,
  anchor: { kind: "literal", literals: ["sk_", "rk_", "pk_"] },
  pattern: /(?<!\w)[srp]k_[\w-]{24,250}/,
  accepts: (match) => !SNAKE_CASE_NAME.test(match),
  samples: {
    finds: [
      { text: `sk_${"live_"}${"A1b2C3d4".repeat(3)}`, why: "Stripe" },
      { text: `rk_${"9".repeat(24)}`, why: "the shortest body" },
      { text: `key=pk_${"aB3-".repeat(8)}.`, match: `pk_${"aB3-".repeat(8)}`, why: "sentence end" },
    ],
    ignores: [
      { text: `sk_${"a".repeat(10)}`, why: "too short" },
      { text: "sk_buff_head_init_class_list", why: "an identifier of the Linux kernel" },
      { text: `task_sk_${"a".repeat(30)}`, why: "a piece of a longer word" },
    ],
  },
};

/** Words joined by `_`, unless the first tells a Stripe mode. */
const SNAKE_CASE_NAME = /^[srp]k_(?!live_|test_)[a-z]+(?:_[a-z]+){2,}$/;
