import type { Detector } from "../../detector.ts";

// A shared access signature of Azure: SHA-256 in Base64, percent-encoded or not, as the
// parameter `sig` of an address or in a token (`SharedAccessSignature sr=…&sig=…`).
export const azureSharedAccessSignature: Detector = {
  id: "azure-shared-access-signature",
  entityType: "secret",
  confidence: 0.9,
  anchor: { kind: "literal", literals: ["sig="] },
  pattern: /(?<![A-Za-z])sig=(?<value>(?:[A-Za-z\d+/]|%2[BbFf]){43}(?:=|%3[Dd]))/,
  samples: {
    finds: [
      {
        text: `https://x.blob.core.windows.net/a?sv=2022-11-02&se=2030-01-01&sig=${"aB3d".repeat(10)}%2Bab%3D`,
        match: `${"aB3d".repeat(10)}%2Bab%3D`,
        why: "an address",
      },
      { text: `sig=${"aB3d".repeat(10)}abc=`, match: `${"aB3d".repeat(10)}abc=`, why: "not encoded" },
    ],
    ignores: [
      { text: "?sig=abc123", why: "too short" },
      { text: `design=${"aB3d".repeat(10)}abc=`, why: "another parameter" },
    ],
  },
};
