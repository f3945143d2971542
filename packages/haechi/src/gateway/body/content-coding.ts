import type { Transform } from "node:stream";
import type { ZlibOptions } from "node:zlib";
import * as zlib from "node:zlib";
import { HaechiError } from "../../core/errors.ts";

/** The codings that are undone, as an Accept-Encoding header names them. */
export const KNOWN_CODINGS = "gzip, deflate, br, zstd, identity";

/** Codings that may stand on each other. */
const CODINGS_MAX = 3;

/**
 * The codings of Content-Encoding values in the order in which they were applied, without `identity`; null when
 * one of them is unknown or there are more than anybody needs (RFC 9110 §8.4).
 */
export function codingsOf(values: readonly string[]): readonly Coding[] | null {
  const names = values
    .flatMap((value) => value.split(","))
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "identity" && name !== "");
  const known = names.flatMap((name) => CODINGS.get(name) ?? []);
  return known.length === names.length && names.length <= CODINGS_MAX ? known : null;
}

/**
 * The content without its codings. Nothing is inflated past `bytesMax`, and bytes behind the end of the coded
 * content, which no reader would show, are refused.
 * @throws HaechiError DOCUMENT_TOO_LARGE past `bytesMax`, REQUEST_BODY_MALFORMED for content that is not coded so
 */
export async function decodeContent(
  bytes: Uint8Array,
  codings: readonly Coding[],
  bytesMax: number,
): Promise<Uint8Array> {
  let content = bytes;
  for (const coding of codings.toReversed()) content = await coding.decode(content, bytesMax);
  return content;
}

/**
 * True when the coded bytes say nothing but their content: the head of gzip has room for a file name, a comment
 * and more, zstd for frames that readers skip, and brotli for blocks of metadata anywhere between the bits of its
 * content, so that only one who decodes it could tell whether there are any (RFC 7932 §9.2). Where bytes only look
 * like that, the content goes on decoded, which says the same.
 */
export function saysNoMore(bytes: Uint8Array, codings: readonly Coding[]): boolean {
  const [coding] = codings;
  if (coding === undefined) return true;
  if (codings.length > 1) return false;
  const wire = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (coding.name === "gzip") return (wire[3]! & GZIP_HAS_TEXT) === 0 && wire.indexOf(GZIP_MEMBER, 1) === -1;
  if (coding.name === "br") return false;
  return coding.name !== "zstd" || wire.indexOf(ZSTD_SKIPPED_FRAME) === -1;
}

export interface Coding {
  readonly name: string;
  decode(bytes: Uint8Array, bytesMax: number): Promise<Uint8Array>;
  /** A transform that undoes it as the bytes come. */
  open(): Transform;
}

/** RFC 1952 §2.3.1: FEXTRA, FNAME and FCOMMENT. */
const GZIP_HAS_TEXT = 0b1_1100;
/** How a member begins, each of which has a head of its own. */
const GZIP_MEMBER = Buffer.from([0x1f, 0x8b, 0x08]);
/** RFC 8878 §3.1.2, but for the first byte, of which four bits are free. */
const ZSTD_SKIPPED_FRAME = Buffer.from([0x2a, 0x4d, 0x18]);
/** RFC 9659: a window of a content coding is at most 8 MiB. */
const ZSTD_WINDOW_LOG_MAX = 23;

type Decoded = { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } };
type Decode = (
  bytes: Uint8Array,
  options: ZlibOptions,
  done: (error: NodeJS.ErrnoException | null, decoded: Buffer) => void,
) => void;

function codingBy(
  name: string,
  decode: Decode,
  create: (options: ZlibOptions) => Transform,
  options: ZlibOptions = {},
): Coding {
  return {
    name,
    open: () => create(options),
    decode: (bytes, bytesMax) =>
      new Promise((resolve, reject) => {
        // The way of Node to say "at most nothing" is an error of its own.
        const limits = { ...options, maxOutputLength: Math.max(1, bytesMax), info: true };
        decode(bytes, limits, (error, result) => {
          if (error?.code === "ERR_BUFFER_TOO_LARGE") {
            reject(new HaechiError("DOCUMENT_TOO_LARGE", "The decoded body is larger than the limit"));
            return;
          }
          // With `info` the result is the bytes and the engine that read them.
          const decoded = result as unknown as Decoded;
          if (error !== null || decoded.engine.bytesWritten !== bytes.length) {
            reject(new HaechiError("REQUEST_BODY_MALFORMED", "The body is not coded as its header says", CODING));
          } else resolve(decoded.buffer);
        });
      }),
  };
}

const CODING = { reason: "malformed_content_coding" };

const gzip = codingBy("gzip", zlib.gunzip, zlib.createGunzip);
const zstd = codingBy(
  "zstd",
  zlib.zstdDecompress as Decode,
  zlib.createZstdDecompress as (options: ZlibOptions) => Transform,
  {
    params: { [zlib.constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG_MAX },
  } as ZlibOptions,
);

const CODINGS: ReadonlyMap<string, Coding> = new Map([
  ["gzip", gzip],
  // RFC 9110 §8.4.1.3: the same as gzip.
  ["x-gzip", gzip],
  ["deflate", codingBy("deflate", zlib.inflate, zlib.createInflate)],
  ["br", codingBy("br", zlib.brotliDecompress as Decode, zlib.createBrotliDecompress)],
  ["zstd", zstd],
]);
