import type { Finding } from "../../core/detect/finding.ts";
import { findOwnMarkers, type OwnMarker } from "../../core/detect/own-markers.ts";
import type { JsonDocument } from "../../core/document/json-document.ts";
import { readEncryptedMarker } from "../../core/transform/marker.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import { ownTurn } from "../own-turn.ts";
import { INLINE_ENCRYPTION_AAD } from "../replace.ts";
import type { TokenVault } from "../vault/token-vault.ts";

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
  await ownTurn(found.length);
  const markers = new Map<number, readonly OwnMarker[]>();
  for (const { leaf } of found) {
    if (!markers.has(leaf)) markers.set(leaf, markersOf(document, leaf));
  }
  const covering = found.map((finding) => markerAround(finding, markers.get(finding.leaf)!));
  const candidates = [...new Set(covering.filter((marker) => marker !== undefined))];
  await ownTurn(found.length);
  if (candidates.length === 0) return found;
  const genuine = new Set<OwnMarker>();
  for (let from = 0; from < candidates.length; from += AT_A_TIME) {
    await ownTurn(candidates.length);
    for (const marker of await genuineOf(candidates.slice(from, from + AT_A_TIME), vault, crypto)) genuine.add(marker);
  }
  return found.filter((_, index) => covering[index] === undefined || !genuine.has(covering[index]));
}

// To open one envelope takes some 40 µs.
const AT_A_TIME = 256;

/** Those that the vault knows or a key opens. */
async function genuineOf(
  markers: readonly OwnMarker[],
  vault: TokenVault,
  crypto: CryptoProvider,
): Promise<readonly OwnMarker[]> {
  const known = await vault.knows(markers.filter(({ kind }) => kind === "token").map(({ inner }) => inner));
  const genuine: OwnMarker[] = [];
  for (const marker of markers) {
    if (marker.kind === "token" && known.has(marker.inner)) genuine.push(marker);
    if (marker.kind === "encrypted" && (await opens(marker.inner, crypto))) genuine.push(marker);
  }
  return genuine;
}

/** Of markers in their order, the one that the whole finding lies in. */
function markerAround({ start, end }: Finding, markers: readonly OwnMarker[]): OwnMarker | undefined {
  let low = 0;
  let high = markers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (markers[middle]!.end < end) low = middle + 1;
    else high = middle;
  }
  const marker = markers[low];
  return marker !== undefined && marker.start <= start ? marker : undefined;
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
