import { hash } from "node:crypto";
import type { JsonDocument, PathStep } from "./json-document.ts";
import { leafPath } from "./path.ts";

/** The path of a leaf with its keys hashed, safe to log: a key may be personal data. */
export function privatePath(document: JsonDocument, leaf: number): string {
  return privatePathOf(leafPath(document, leaf));
}

/** `key_` and 12 hex of SHA-256 for each key, `[n]` for each index, joined with dots; empty for no steps. */
export function privatePathOf(steps: readonly PathStep[]): string {
  return steps.map((step) => (typeof step === "number" ? `[${step}]` : `key_${keyDigest(step)}`)).join(".");
}

const KEY_DIGEST_HEX = 12;

/** Digests of keys seen lately: nearly all keys are the few names of a protocol. */
const digests = new Map<string, string>();
const DIGESTS_MAX = 1024;
const REMEMBERED_KEY_LENGTH_MAX = 64;

function keyDigest(key: string): string {
  const known = digests.get(key);
  if (known !== undefined) return known;
  const digest = hash("sha256", key, "hex").slice(0, KEY_DIGEST_HEX);
  if (key.length <= REMEMBERED_KEY_LENGTH_MAX) {
    if (digests.size >= DIGESTS_MAX) digests.clear();
    digests.set(key, digest);
  }
  return digest;
}
