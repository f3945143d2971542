import type { Detector } from "../../detector.ts";

// A line of a dump of Windows accounts: name, number, LM hash, NT hash.
export const windowsPasswordHash: Detector = {
  id: "windows-password-hash",
  entityType: "secret",
  confidence: 0.9,
  anchor: { kind: "literal", literals: [":::"], lead: 65 },
  pattern: /:\d{3,10}:(?<value>(?:[\da-fA-F]{32}|NO PASSWORD\*{21}):[\da-fA-F]{32}):::/,
  samples: {
    finds: [
      {
        text: `Administrator:500:${"aad3b435b51404ee".repeat(2)}:${"9f8a7b6c".repeat(4)}:::`,
        match: `${"aad3b435b51404ee".repeat(2)}:${"9f8a7b6c".repeat(4)}`,
        why: "a line",
      },
    ],
    ignores: [
      { text: "Administrator:500:LM hash:NT hash:::", why: "the names of the fields" },
      { text: `${"9f8a7b6c".repeat(4)}:::`, why: "one digest" },
    ],
  },
};
