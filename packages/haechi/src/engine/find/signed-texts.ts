import { createHmac } from "node:crypto";
import type { Random } from "../../ports/random.ts";

/**
 * Which texts came in responses to whom, when the provider has signed them and wants them back as they
 * were. Nothing of a text is kept but a keyed hash, under a key that lives as long as the process.
 */
export interface SignedTexts {
  /** @param scope whose exchange it was */
  note(scope: string, text: string): void;
  knows(scope: string, text: string): boolean;
}

/** Knows no text yet. */
export function createSignedTexts(random: Random): SignedTexts {
  const key = random.bytes(KEY_BYTES);
  // The order of a set is that of adding, so its first entry is the one that was not met for longest.
  const known = new Set<string>();
  const digestOf = (scope: string, text: string) =>
    createHmac("sha256", key)
      .update(JSON.stringify([scope, text]))
      .digest("base64url");
  return {
    note(scope, text) {
      if (text.length < TEXT_LENGTH_MIN) return;
      const digest = digestOf(scope, text);
      known.delete(digest);
      known.add(digest);
      if (known.size > TEXTS_MAX) known.delete(known.values().next().value!);
    },
    knows(scope, text) {
      if (text.length < TEXT_LENGTH_MIN || known.size === 0) return false;
      const digest = digestOf(scope, text);
      if (!known.delete(digest)) return false;
      known.add(digest);
      return true;
    },
  };
}

const KEY_BYTES = 32;
/** About 10 MB, and a few hundred long conversations. */
const TEXTS_MAX = 65_536;
/** An empty text needs no leave. */
const TEXT_LENGTH_MIN = 1;
