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

function keyDigest(key: string): string {
  return hash("sha256", key, "hex").slice(0, KEY_DIGEST_HEX);
}
