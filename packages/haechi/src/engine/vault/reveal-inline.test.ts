import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Envelope } from "../../core/crypto/envelope.ts";
import { HaechiError, type HaechiErrorCode, isHaechiError } from "../../core/errors.ts";
import { writeEncryptedMarker } from "../../core/transform/marker.ts";
import type { AuditSink } from "../../ports/audit-sink.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import { systemRandom } from "../../providers/system/system-random.ts";
import { recordingSink } from "../audit/recording-sink.oracle.ts";
import { INLINE_ENCRYPTION_AAD } from "../replace.ts";
import { createInlineRevealer, type InlineRevealOptions } from "./reveal-inline.ts";

/** Stands in for a key provider: what it seals is a number, and it opens only its own under their associated data. */
function tableCrypto() {
  const sealed: { plaintext: string; aad: string }[] = [];
  const crypto: CryptoProvider = {
    async encrypt({ plaintext, aad }) {
      sealed.push({ plaintext, aad: JSON.stringify(aad) });
      return envelopeOf(String(sealed.length - 1));
    },
    async decrypt({ envelope, aad }) {
      const found = sealed[Number(envelope.ct)];
      if (found?.aad !== JSON.stringify(aad)) throw new HaechiError("ENVELOPE_REJECTED", "differs");
      return found.plaintext;
    },
  };
  const seal = async (plaintext: string, aad: object = INLINE_ENCRYPTION_AAD) =>
    writeEncryptedMarker(await crypto.encrypt({ plaintext, aad: { ...aad } }));
  return { crypto, seal };
}

function envelopeOf(ct: string): Envelope {
  return { v: 2, alg: "AES-256-GCM", kid: "k", iv: "i", ct, tag: "t" };
}

function openRevealer(changes: Partial<InlineRevealOptions> = {}) {
  const { crypto, seal } = tableCrypto();
  const { audit, events } = recordingSink();
  const ports = { crypto, audit, clock: { now: () => 0 }, random: systemRandom };
  const revealer = createInlineRevealer({ ...ports, revealPolicy: "local-dev", ...changes });
  const outcomes = () => events.map(({ decision, reason, count }) => [decision, reason, count]);
  return { ...revealer, seal, outcomes };
}

const withCode = (code: HaechiErrorCode) => (error: unknown) => isHaechiError(error, code);
const STRANGE = writeEncryptedMarker(envelopeOf("99"));

describe("revealMarker", () => {
  it("gives the value back and records that it did", async () => {
    const { revealMarker, seal, outcomes } = openRevealer();
    const revealed = await revealMarker(await seal("minji@example.org"));
    assert.deepEqual(revealed, { plaintext: "minji@example.org", opened: 1, rejected: 0 });
    assert.deepEqual(outcomes(), [["reveal_allowed", "inline_ciphertext", 1]]);
  });

  it("refuses under a policy that reveals nothing, and records it", async () => {
    const { revealMarker, revealInText, seal, outcomes } = openRevealer({ revealPolicy: "disabled" });
    const marker = await seal("x");
    await assert.rejects(revealMarker(marker), withCode("REVEAL_DISABLED"));
    await assert.rejects(revealInText(`${marker} ${marker}`), withCode("REVEAL_DISABLED"));
    assert.deepEqual(outcomes(), [
      ["reveal_denied", "reveal_disabled", 1],
      ["reveal_denied", "reveal_disabled", 2],
    ]);
  });

  it("refuses what is not one marker", async () => {
    const { revealMarker, revealInText, seal, outcomes } = openRevealer();
    const marker = await seal("x");
    const others = [
      "",
      "my text",
      `${marker}.`,
      marker + marker,
      "[TOKEN:tok_email_0123456789abcdef]",
      "[HAECHI_ENC:AA]",
    ];
    for (const text of others) await assert.rejects(revealMarker(text), withCode("ENVELOPE_REJECTED"), text);
    await assert.rejects(revealInText("my text"), withCode("ENVELOPE_REJECTED"));
    assert.deepEqual(new Set(outcomes().map(String)), new Set(["reveal_failed,no_inline_ciphertext,0"]));
  });

  it("refuses a marker of other keys, and a value that was sealed for something else", async () => {
    const { revealMarker, seal, outcomes } = openRevealer();
    await assert.rejects(revealMarker(STRANGE), withCode("ENVELOPE_REJECTED"));
    await assert.rejects(revealMarker(await seal("x", { purpose: "token-vault" })), withCode("ENVELOPE_REJECTED"));
    assert.deepEqual(outcomes(), [
      ["reveal_failed", "decrypt_failed", 1],
      ["reveal_failed", "decrypt_failed", 1],
    ]);
  });

  it("tells keys that cannot be used from a marker that does not open", async () => {
    const decrypt = async () => {
      throw new HaechiError("KEY_UNAVAILABLE", "no keys");
    };
    const { revealMarker, outcomes } = openRevealer({ crypto: { ...tableCrypto().crypto, decrypt } });
    await assert.rejects(revealMarker(STRANGE), withCode("KEY_UNAVAILABLE"));
    assert.deepEqual(outcomes(), [["reveal_failed", "reveal_error", 1]]);
  });

  it("tells nothing that could not be recorded", async () => {
    const audit: AuditSink = {
      record: async () => {
        throw new HaechiError("AUDIT_UNWRITABLE", "full");
      },
      ready: async () => ({ ok: false }),
      close: async () => {},
    };
    const { crypto, seal } = tableCrypto();
    const { revealMarker } = openRevealer({ crypto, audit });
    await assert.rejects(revealMarker(await seal("x")), withCode("AUDIT_UNWRITABLE"));
  });
});

describe("revealInText", () => {
  it("opens each marker in its place, whatever stands between them", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.string({ unit: "grapheme" }), fc.string()), { minLength: 1 }),
        async (parts) => {
          const { revealInText, seal, outcomes } = openRevealer();
          const markers = await Promise.all(parts.map(([, value]) => seal(value)));
          const text = parts.map(([between], index) => between + markers[index]!).join("");
          const expected = { plaintext: parts.flat().join(""), opened: parts.length, rejected: 0 };
          assert.deepEqual(await revealInText(text), expected);
          assert.deepEqual(outcomes(), [["reveal_allowed", "inline_ciphertext", parts.length]]);
        },
      ),
    );
  });

  it("leaves a marker that no key opens, and opens the rest", async () => {
    const { revealInText, seal, outcomes } = openRevealer();
    const text = `a ${STRANGE} b ${await seal("value")} c [REDACTED:email]`;
    const plaintext = `a ${STRANGE} b value c [REDACTED:email]`;
    assert.deepEqual(await revealInText(text), { plaintext, opened: 1, rejected: 1 });
    assert.deepEqual(outcomes(), [
      ["reveal_failed", "decrypt_failed", 1],
      ["reveal_allowed", "inline_ciphertext", 1],
    ]);
  });

  it("does not open what it has just opened", async () => {
    const { revealInText, seal } = openRevealer();
    const inner = await seal("secret");
    assert.equal((await revealInText(`<${await seal(inner)}>`)).plaintext, `<${inner}>`);
  });
});
