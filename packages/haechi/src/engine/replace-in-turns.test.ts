import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { CryptoProvider } from "../ports/crypto-provider.ts";
import type { ReplacementRequest } from "./replace.ts";
import { replaceInTurns } from "./replace-in-turns.ts";
import type { TokenVault } from "./vault/token-vault.ts";

/** Issues a new token for each value of a call, as the vault does where tokens are random. */
function countingVault(): { vault: TokenVault; stored: string[] } {
  const stored: string[] = [];
  const tokenizeAll: TokenVault["tokenizeAll"] = async (requests) => {
    const ids = new Map<string, string>();
    for (const { type, plaintext } of requests) {
      const value = `${type}:${plaintext}`;
      if (!ids.has(value)) ids.set(value, `tok_${type}_${stored.push(value)}`);
    }
    return requests.map(({ type, plaintext }) => ({ id: ids.get(`${type}:${plaintext}`)!, plaintext }));
  };
  // Nothing else of it is asked for.
  return { vault: { tokenizeAll } as TokenVault, stored };
}

const crypto: CryptoProvider = {
  encrypt: async ({ plaintext }) => ({ v: 2, alg: "AES-256-GCM", kid: "k", iv: "", ct: plaintext, tag: "" }),
  decrypt: async ({ envelope }) => envelope.ct,
};

const request = fc.record({
  action: fc.constantFrom("redact", "mask", "tokenize", "tokenize", "encrypt"),
  entityType: fc.constantFrom("email", "card"),
  original: fc.nat({ max: 40 }).map(String),
  ruleId: fc.constant("r"),
  path: fc.constant(() => ""),
});
const requests: fc.Arbitrary<readonly ReplacementRequest[]> = fc.array(request, { maxLength: 900, size: "max" });

describe("replacements in turns", () => {
  it("stand in the place of their requests, with one token for one value of a type", async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (asked) => {
        const { vault, stored } = countingVault();
        const { texts, issued } = await replaceInTurns(asked, vault, crypto);
        assert.equal(texts.length, asked.length);
        const tokenized = asked.filter(({ action }) => action === "tokenize");
        const values = new Set(tokenized.map(({ entityType, original }) => `${entityType}:${original}`));
        assert.deepEqual(stored.toSorted(), [...values].sort());
        assert.equal(issued.size, values.size);
        for (const [index, { action, entityType, original }] of asked.entries()) {
          const text = texts[index]!;
          if (action === "redact") assert.equal(text, `[REDACTED:${entityType}]`);
          if (action === "encrypt") assert.match(text, /^\[HAECHI_ENC:/);
          if (action !== "tokenize") continue;
          const id = text.slice("[TOKEN:".length, -1);
          assert.ok(id.startsWith(`tok_${entityType}_`));
          assert.equal(issued.get(id), original);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("let others have a turn", async () => {
    const { vault } = countingVault();
    const asked = Array.from({ length: 2_000 }, (_, at) => ({
      action: "tokenize" as const,
      entityType: "email" as const,
      original: `${at}@example.com`,
      ruleId: "r",
      path: () => "",
    }));
    let turns = 0;
    let done = false;
    const count = () => {
      turns++;
      if (!done) setImmediate(count);
    };
    setImmediate(count);
    await replaceInTurns(asked, vault, crypto);
    done = true;
    assert.ok(turns >= 7, `${turns} turns`);
  });
});
