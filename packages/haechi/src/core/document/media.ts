import { isUtf8 } from "node:buffer";
import { decodeBase64, isBase64, leafBytes } from "./encoded-text.ts";
import { COMMA } from "./json-bytes.ts";
import type { JsonDocument } from "./json-document.ts";

/** What encoded data is, as far as a policy tells it apart. */
export const MEDIA_KINDS = ["image", "audio", "video", "file"] as const;

export type MediaKind = (typeof MEDIA_KINDS)[number];

/** Data that is encoded in a string. */
export type EncodedMedia =
  | { readonly holds: "media"; readonly kind: MediaKind }
  /** The data is a text after all. */
  | { readonly holds: "text"; readonly text: Uint8Array };

/**
 * What stands in a leaf at a place for media: a `data:` URL in base64, or bare base64 of some length. Null for
 * anything else, such as a link or a path, which is a text like any other. What the data is, the data says: a
 * declared type is taken only for data that is neither known by its first bytes nor a text.
 */
export function readMediaLeaf(document: JsonDocument, leaf: number): EncodedMedia | null {
  const { bytes, leaves } = document;
  const start = leaves.start[leaf]!;
  const head = latin1.decode(bytes.subarray(start, Math.min(leaves.end[leaf]!, start + HEAD_BYTES_MAX)));
  const isDataUrl = head.slice(0, DATA_SCHEME.length).toLowerCase() === DATA_SCHEME;
  if (!isDataUrl && leaves.end[leaf]! - start < BARE_LENGTH_MIN) return null;
  const content = leafBytes(document, leaf);
  const [type, digits] = isDataUrl ? splitDataUrl(content) : ["", content];
  if (digits === null || !isBase64(digits)) return null;
  return readData(digits, type);
}

/** What bytes are; null when they are a text. */
export function mediaKindOf(bytes: Uint8Array, declaredType = ""): MediaKind | null {
  return knownMediaKind(bytes) ?? (isText(bytes) ? null : kindByType(declaredType));
}

/** What bytes are by the format that they begin with; null when they begin with none that is known. */
export function knownMediaKind(bytes: Uint8Array): MediaKind | null {
  return kindByFirstBytes(bytes.subarray(0, FIRST_BYTES));
}

const DATA_SCHEME = "data:";
const BARE_LENGTH_MIN = 256;
/** Of a `data:` URL, up to its comma. */
const HEAD_BYTES_MAX = 256;
const FIRST_BYTES = 16;
const latin1 = new TextDecoder("latin1");

function readData(digits: Uint8Array, type: string): EncodedMedia {
  const known = kindByFirstBytes(decodeBase64(digits, FIRST_BYTES));
  if (known !== null) return { holds: "media", kind: known };
  const data = decodeBase64(digits);
  return isText(data) ? { holds: "text", text: data } : { holds: "media", kind: kindByType(type) };
}

/** RFC 2397; null for data that is not in base64. */
function splitDataUrl(url: Uint8Array): [type: string, digits: Uint8Array | null] {
  const comma = url.subarray(0, HEAD_BYTES_MAX).indexOf(COMMA);
  if (comma === -1) return ["", null];
  const head = latin1.decode(url.subarray(DATA_SCHEME.length, comma)).toLowerCase();
  return [head, /;\s*base64\s*$/.test(head) ? url.subarray(comma + 1) : null];
}

// A zero byte stands in no text: it is what UTF-16 and binary data have in common.
function isText(bytes: Uint8Array): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

function kindByType(type: string): MediaKind {
  const main = type.trim().split("/", 1)[0]!;
  return main === "image" || main === "audio" || main === "video" ? main : "file";
}

/** How data of the formats that models take begins, in hexadecimal digits. No text begins like this, but for the name of PDF. */
const FIRST: readonly { readonly kind: MediaKind; readonly digits: RegExp }[] = [
  // PNG, JPEG, GIF, TIFF, BMP, WebP, AVIF and HEIC.
  {
    kind: "image",
    digits: /^(?:89504e470d0a1a0a|ffd8ff|474946383[79]61|49492a00|4d4d002a|424d.{8}0{8}|52494646.{8}57454250)/,
  },
  { kind: "image", digits: /^00.{6}66747970(?:6176696[3-9]|6176697[0-3]|6865696[3-9]|6865697[0-8]|6d696631)/ },
  // WAVE, MP3 with and without a tag, AAC, FLAC, Ogg and M4A.
  { kind: "audio", digits: /^(?:52494646.{8}57415645|4944330[2-4]|ff[ef][2-3]|fff[0189ab]|664c6143|4f67675300)/ },
  { kind: "audio", digits: /^00.{6}667479704d3441/ },
  // MP4, Matroska and AVI.
  { kind: "video", digits: /^(?:00.{6}66747970|1a45dfa3|52494646.{8}41564920)/ },
  // PDF, ZIP with all that is made of it, and the older documents of offices.
  { kind: "file", digits: /^(?:255044462d3[12]2e3\d|504b0304|d0cf11e0a1b11ae1)/ },
];

function kindByFirstBytes(first: Uint8Array): MediaKind | null {
  const digits = Array.from(first, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return FIRST.find((one) => one.digits.test(digits))?.kind ?? null;
}
