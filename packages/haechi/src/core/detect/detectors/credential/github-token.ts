import type { Detector } from "../../detector.ts";

// GitHub tokens: personal, OAuth, user-to-server, server-to-server, refresh.
export const githubToken: Detector = {
  id: "github-token",
  entityType: "secret",
  confidence: 0.95,
  anchor: { kind: "literal", literals: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"] },
  pattern: /(?<!\w)gh[pousr]_[A-Za-z0-9]{36,255}/,
  samples: {
    finds: [
      { text: `ghp_${"aB3d".repeat(9)}`, why: "a personal token" },
      { text: `ghs_${"aB3d".repeat(9)}`, why: "an app token" },
    ],
    ignores: [
      { text: `ghp_${"aB3d".repeat(8)}`, why: "too short" },
      { text: `xghp_${"aB3d".repeat(9)}`, why: "a piece of a longer word" },
      { text: `ghx_${"aB3d".repeat(9)}`, why: "no such kind" },
    ],
  },
};
