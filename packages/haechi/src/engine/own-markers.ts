import type { Finding } from "../core/detect/finding.ts";
import { findOwnMarkers, type OwnMarker } from "../core/detect/own-markers.ts";
import type { JsonDocument } from "../core/document/json-document.ts";
import { readEncryptedMarker } from "../core/transform/marker.ts";
import type { CryptoProvider } from "../ports/crypto-provider.ts";
import { INLINE_ENCRYPTION_AAD } from "./replace.ts";
import type { TokenVault } from "./token-vault.ts";

/** Reads bytes one to one, so that offsets in the text are offsets in the bytes. */
const latin1 = new TextDecoder("latin1");

/**
 * The findings without those that lie in a genuine marker of ours, as it comes
 * back in resent history. A marker is genuine when the vault knows its token or
 * the key provider opens its envelope: looks alone would let a secret hide in one.
 */
export async function withoutOwnMarkers(
  found: readonly Finding[],
  document: JsonDocument,
  vault: TokenVault,
  crypto: CryptoProvider,
): Promise<readonly Finding[]> {
  const markers = new Map<number, readonly OwnMarker[]>();
  for (const { leaf } of found) {
    if (!markers.has(leaf)) markers.set(leaf, markersOf(document, leaf));
  }
  const covering = found.map((finding) =>
    markers.get(finding.leaf)!.find((marker) => marker.start <= finding.start && finding.end <= marker.end),
  );
  const candidates = [...new Set(covering.filter((marker) => marker !== undefined))];
  if (candidates.length === 0) return found;
  const known = await vault.knows(candidates.filter(({ kind }) => kind === "token").map(({ inner }) => inner));
  const genuine = new Set<OwnMarker>();
  for (const marker of candidates) {
    if (marker.kind === "token" && known.has(marker.inner)) genuine.add(marker);
    if (marker.kind === "encrypted" && (await opens(marker.inner, crypto))) genuine.add(marker);
  }
  return found.filter((_, index) => covering[index] === undefined || !genuine.has(covering[index]));
}

/** Markers of a leaf, with offsets in the document. A marker is ASCII, so one that is escaped is not ours. */
function markersOf(document: JsonDocument, leaf: number): readonly OwnMarker[] {
  const start = document.leaves.start[leaf]!;
  const text = latin1.decode(document.bytes.subarray(start, document.leaves.end[leaf]!));
  if (!text.includes("[")) return [];
  return findOwnMarkers(text).map((marker) => ({ ...marker, start: marker.start + start, end: marker.end + start }));
}

async function opens(inner: string, crypto: CryptoProvider): Promise<boolean> {
  const envelope = readEncryptedMarker(`[HAECHI_ENC:${inner}]`);
  if (envelope === null) return false;
  try {
    await crypto.decrypt({ envelope, aad: INLINE_ENCRYPTION_AAD });
    return true;
  } catch {
    return false;
  }
}
