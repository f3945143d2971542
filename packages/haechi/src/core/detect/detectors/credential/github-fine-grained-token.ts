import type { Detector } from "../../detector.ts";

// Fine-grained personal tokens of GitHub: 22 characters, `_`, 59 more.
export const githubFineGrainedToken: Detector = {
  id: "github-fine-grained-token",
  entityType: "secret",
  confidence: 0.95,
  anchor: { kind: "literal", literals: ["github_pat_"] },
  pattern: /(?<!\w)github_pat_\w{36,255}/,
  samples: {
    finds: [{ text: `github_pat_${"aB3d9".repeat(5).slice(3)}_${"z".repeat(59)}`, why: "a token" }],
    ignores: [
      { text: `github_pat_${"a".repeat(20)}`, why: "too short" },
      { text: "github_pat_token", why: "a name" },
    ],
  },
};
