import type { Detector } from "../../detector.ts";

// Access tokens of the npm registry.
export const npmToken: Detector = {
  id: "npm-token",
  entityType: "secret",
  confidence: 0.95,
  anchor: { kind: "literal", literals: ["npm_"] },
  pattern: /(?<!\w)npm_[A-Za-z\d]{36}(?!\w)/,
  samples: {
    finds: [{ text: `npm_${"aB3d".repeat(9)}`, why: "a token" }],
    ignores: [
      { text: `npm_${"aB3d".repeat(8)}`, why: "too short" },
      { text: "npm_config_registry_and_other_variables", why: "an environment variable" },
    ],
  },
};
