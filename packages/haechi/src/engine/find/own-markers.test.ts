import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Finding } from "../../core/detect/finding.ts";
import { tokenize } from "../../core/document/tokenize.ts";
import { HaechiError } from "../../core/errors.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import type { TokenVault } from "../vault/token-vault.ts";
import { withoutOwnMarkers } from "./own-markers.ts";

const KNOWN = "tok_card_00000000000000aa";
const refuse = () => Promise.reject(new HaechiError("ENVELOPE_REJECTED", "not ours"));
const crypto: CryptoProvider = { encrypt: refuse, decrypt: refuse };
const knows: TokenVault["knows"] = async (ids) => new Set(ids.filter((id) => id === KNOWN));
// Nothing else of it is asked for.
const vault = { knows } as TokenVault;

/** A piece of text, and whether a finding in it stays; null when nothing is found in it. */
interface Piece {
  readonly text: string;
  readonly stays: boolean | null;
}

const piece = fc.constantFrom<Piece>(
  { text: `[TOKEN:${KNOWN}]`, stays: false },
  { text: "[TOKEN:tok_card_00000000000000bb]", stays: true },
  { text: "[REDACTED:card]", stays: true },
  { text: "[HAECHI_ENC:AAAA]", stays: true },
  { text: `[TOKEN:${KNOWN}`, stays: true },
  { text: "4111111111111111", stays: true },
  { text: " é ] ", stays: null },
);

describe("findings in markers", () => {
  it("stay unless the vault knows the marker that they lie in, however many there are", async () => {
    const leaves = fc.array(fc.array(piece, { maxLength: 700, size: "max" }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(leaves, async (content) => {
        const document = tokenize(
          new TextEncoder().encode(JSON.stringify(content.map((pieces) => pieces.map(({ text }) => text).join(" ")))),
          { depthMax: 2 },
        );
        const found: Finding[] = [];
        const staying: Finding[] = [];
        for (const [leaf, pieces] of content.entries()) {
          let start = document.leaves.start[leaf]!;
          for (const { text, stays } of pieces) {
            const end = start + Buffer.byteLength(text);
            const by = { entityType: "card" as const, ruleId: "card", confidence: 1 };
            const finding: Finding = { leaf, ...by, start: start + 2, end: end - 1 };
            if (stays !== null) found.push(finding);
            if (stays === true) staying.push(finding);
            start = end + 1;
          }
        }
        assert.deepEqual(await withoutOwnMarkers(found, document, vault, crypto), staying);
      }),
      { numRuns: 60 },
    );
  });

  it("stay when they reach out of a marker that is genuine", async () => {
    const text = `a [TOKEN:${KNOWN}] b`;
    const document = tokenize(new TextEncoder().encode(JSON.stringify(text)), { depthMax: 1 });
    const marker = { start: 3, end: 3 + `[TOKEN:${KNOWN}]`.length };
    for (const [start, end] of [
      [marker.start - 1, marker.end],
      [marker.start, marker.end + 1],
      [marker.start - 2, marker.end + 2],
    ] as const) {
      const finding: Finding = { leaf: 0, entityType: "card", ruleId: "card", confidence: 1, start, end };
      assert.deepEqual(await withoutOwnMarkers([finding], document, vault, crypto), [finding]);
    }
  });
});
