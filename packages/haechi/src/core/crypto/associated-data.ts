import { HaechiError } from "../errors.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { AssociatedData, Envelope } from "./envelope.ts";

/**
 * The text of associated data that goes into the cipher, under the encoding that
 * an envelope names.
 * @throws HaechiError ENVELOPE_REJECTED when the encoding is unknown or the data has no single form in it
 */
export function encodeAssociatedData(aad: AssociatedData, encoding: Envelope["aadEncoding"]): string {
  if (encoding === undefined) return write(aad);
  if (encoding === "nfkc-json-v2") return write(foldObject(aad, 0));
  encoding satisfies never;
  throw new HaechiError("ENVELOPE_REJECTED", "The envelope names an unknown encoding of its associated data");
}

function write(aad: object): string {
  try {
    return canonicalJson(aad);
  } catch (error) {
    // Such as a number that JSON can write and no other program reads: 1e400.
    if (!(error instanceof TypeError)) throw error;
    throw new HaechiError("ENVELOPE_REJECTED", "The associated data holds something that has no form in JSON");
  }
}

// Deeper data is refused by canonicalJson; this only keeps the fold itself bounded.
const FOLD_DEPTH_MAX = 64;

/** Compatibility folding (UAX #15, NFKC) of every string and key: what looks the same is the same. */
function fold(value: unknown, depth: number): unknown {
  if (typeof value === "string") return value.normalize("NFKC");
  if (typeof value !== "object" || value === null) return value;
  if (depth > FOLD_DEPTH_MAX) throw new HaechiError("DOCUMENT_TOO_DEEP", "Associated data is nested too deep");
  return Array.isArray(value) ? value.map((item) => fold(item, depth + 1)) : foldObject(value, depth);
}

function foldObject(object: object, depth: number): object {
  // No prototype, so that a key named `__proto__` is a key like any other.
  const folded: Record<string, unknown> = Object.create(null);
  for (const [key, member] of Object.entries(object)) {
    if (member === undefined) continue;
    const foldedKey = key.normalize("NFKC");
    // Two keys that fold together would let one context stand for another.
    if (foldedKey in folded) {
      throw new HaechiError("ENVELOPE_REJECTED", "Two keys of the associated data are the same after folding");
    }
    folded[foldedKey] = fold(member, depth + 1);
  }
  return folded;
}
