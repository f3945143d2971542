import { decisionEvent } from "../../core/audit/build-event.ts";
import type { AuditDecision } from "../../core/audit/event.ts";
import { findOwnMarkers } from "../../core/detect/own-markers.ts";
import { HaechiError, isHaechiError } from "../../core/errors.ts";
import { readEncryptedMarker } from "../../core/transform/marker.ts";
import type { AuditSink } from "../../ports/audit-sink.ts";
import type { Clock } from "../../ports/clock.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import type { Random } from "../../ports/random.ts";
import { INLINE_ENCRYPTION_AAD } from "../replace.ts";
import type { TokenVaultOptions } from "./token-vault.ts";

export interface InlineRevealOptions {
  readonly crypto: CryptoProvider;
  readonly audit: AuditSink;
  readonly clock: Clock;
  readonly random: Random;
  /** The rule for vault tokens holds for inline ciphertext too. */
  readonly revealPolicy: TokenVaultOptions["revealPolicy"];
}

/** A text with what its encrypted markers stood for. */
export interface InlineReveal {
  readonly plaintext: string;
  readonly opened: number;
  /** Markers that stay as they are, because no key of ours opens them. */
  readonly rejected: number;
}

/** Turns encrypted markers back into values, for an operator. Every outcome is recorded, by its number, before it is told. */
export interface InlineRevealer {
  /**
   * The value of a text that is one marker and nothing else.
   * @throws HaechiError REVEAL_DISABLED, ENVELOPE_REJECTED
   */
  revealMarker(marker: string): Promise<InlineReveal>;
  /**
   * The text with each of its markers opened in its place.
   * @throws HaechiError REVEAL_DISABLED, ENVELOPE_REJECTED when it holds no marker
   */
  revealInText(text: string): Promise<InlineReveal>;
}

export function createInlineRevealer(options: InlineRevealOptions): InlineRevealer {
  const { crypto, audit, clock, random } = options;
  return {
    async revealMarker(marker) {
      await requireAllowed(marker);
      if (readEncryptedMarker(marker) === null) {
        await recordOutcome("reveal_failed", NO_MARKER, 0);
        throw new HaechiError("ENVELOPE_REJECTED", "This is not one [HAECHI_ENC:…] marker");
      }
      const revealed = await openAndRecord(marker);
      if (revealed.opened === 0) throw new HaechiError("ENVELOPE_REJECTED", "No key here opens this marker");
      return revealed;
    },
    async revealInText(text) {
      await requireAllowed(text);
      if (encryptedMarkers(text).length === 0) {
        await recordOutcome("reveal_failed", NO_MARKER, 0);
        throw new HaechiError("ENVELOPE_REJECTED", "There is no [HAECHI_ENC:…] marker in the text");
      }
      return openAndRecord(text);
    },
  };

  async function requireAllowed(text: string): Promise<void> {
    if (options.revealPolicy !== "disabled") return;
    await recordOutcome("reveal_denied", "reveal_disabled", encryptedMarkers(text).length);
    throw new HaechiError("REVEAL_DISABLED", "No value is revealed: tokenVault.revealPolicy is disabled");
  }

  async function openAndRecord(text: string): Promise<InlineReveal> {
    let revealed: InlineReveal;
    try {
      revealed = await openMarkers(text);
    } catch (error) {
      await recordOutcome("reveal_failed", "reveal_error", encryptedMarkers(text).length);
      throw error;
    }
    const { opened, rejected } = revealed;
    if (rejected > 0) await recordOutcome("reveal_failed", "decrypt_failed", rejected);
    if (opened > 0) await recordOutcome("reveal_allowed", "inline_ciphertext", opened);
    return revealed;
  }

  async function openMarkers(text: string): Promise<InlineReveal> {
    const pieces: string[] = [];
    let end = 0;
    let opened = 0;
    const markers = encryptedMarkers(text);
    for (const marker of markers) {
      const value = await openMarker(text.slice(marker.start, marker.end));
      if (value === null) continue;
      pieces.push(text.slice(end, marker.start), value);
      end = marker.end;
      opened += 1;
    }
    pieces.push(text.slice(end));
    return { plaintext: pieces.join(""), opened, rejected: markers.length - opened };
  }

  async function openMarker(marker: string): Promise<string | null> {
    const envelope = readEncryptedMarker(marker);
    if (envelope === null) return null;
    try {
      return await crypto.decrypt({ envelope, aad: INLINE_ENCRYPTION_AAD });
    } catch (error) {
      // Somebody else's, or changed: it stays what it is. Keys that cannot be read are no answer about the marker.
      if (isHaechiError(error, "ENVELOPE_REJECTED")) return null;
      throw error;
    }
  }

  async function recordOutcome(decision: AuditDecision, reason: string, count: number): Promise<void> {
    const origin = {
      id: random.uuid(),
      timestamp: new Date(clock.now()).toISOString(),
      correlationId: null,
      protocol: INLINE_ENCRYPTION_AAD.purpose,
      operation: `${INLINE_ENCRYPTION_AAD.purpose}:reveal`,
      identity: null,
      profile: null,
      mode: "n/a",
    } as const;
    await audit.record(decisionEvent(origin, { decision, reason, count }));
  }
}

const NO_MARKER = "no_inline_ciphertext";

function encryptedMarkers(text: string) {
  return findOwnMarkers(text).filter(({ kind }) => kind === "encrypted");
}
