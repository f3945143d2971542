import type { Detector } from "../../detector.ts";

// OpenAI keys, of users, projects, service accounts and administrators, and those that copy them.
export const openaiApiKey: Detector = {
  id: "openai-api-key",
  entityType: "secret",
  confidence: 0.9,
  anchor: { kind: "literal", literals: ["sk-"] },
  pattern: /(?<!\w)sk-(?:proj-)?[\w-]{20,250}/,
  accepts: (match) => !KEBAB_CASE_NAME.test(match),
  samples: {
    finds: [
      { text: `sk-${"aB3d9".repeat(4)}${"T3Blbk"}FJ${"aB3d9".repeat(4)}`, why: "a user key" },
      { text: `sk-proj-${"aB3d9".repeat(4)}`, why: "a project key" },
    ],
    ignores: [
      { text: `sk-${"a".repeat(19)}`, why: "too short" },
      { text: "sk-learn-style-transformers-and-pipelines", why: "words joined by hyphens" },
      { text: "task-management-and-scheduling-system", why: "a piece of a longer word" },
    ],
  },
};

/** Words joined by hyphens, as in a slug or a CSS class. */
const KEBAB_CASE_NAME = /^sk(?:-[a-z]+){3,}$/;
