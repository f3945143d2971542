import { HaechiError } from "../../core/errors.ts";

/** One part of a multipart body; offsets are into the body. */
export interface MultipartPart {
  /** The name of a form field; null for a part without one. */
  readonly name: Stretch | null;
  readonly filename: Stretch | null;
  /** The values of its Content-Type fields. */
  readonly types: readonly Stretch[];
  /** The digits of its own Content-Length, which has to say what is sent. */
  readonly length: Stretch | null;
  readonly content: Stretch;
}

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * Splits a multipart body (RFC 2046 §5.1, RFC 7578). What is not needed by forms and what readers read in two ways
 * is refused: text before the first and behind the last part, header fields that nobody would look into, and
 * contents in an encoding of mail.
 * @throws HaechiError REQUEST_BODY_MALFORMED
 */
export function multipartParts(body: Uint8Array, boundary: string): readonly MultipartPart[] {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const delimiter = Buffer.from(`\r\n--${boundary}`, "latin1");
  const parts: MultipartPart[] = [];
  // The line end before the first delimiter is the start of the body.
  if (bytes.indexOf(delimiter.subarray(2)) !== 0) throw malformed("no_first_boundary");
  let at = delimiter.length - 2;
  while (!bytes.subarray(at, at + 2).equals(DASHES)) {
    at = lineEnd(bytes, at);
    const headEnd = bytes.subarray(at, at + 2).equals(LINE_END) ? at : bytes.indexOf(HEAD_END, at);
    if (headEnd === -1 || headEnd - at > HEAD_BYTES_MAX) throw malformed("part_without_content");
    const start = headEnd + (headEnd === at ? LINE_END : HEAD_END).length;
    // The delimiter of a part without content begins with the end of its head.
    const end = bytes.indexOf(delimiter, start - LINE_END.length);
    if (end === -1) throw malformed("no_last_boundary");
    parts.push(readPart(bytes, { start: at, end: headEnd }, { start, end: Math.max(start, end) }));
    if (parts.length > PARTS_MAX) throw malformed("too_many_parts");
    at = end + delimiter.length;
  }
  if (!/^\s*$/.test(bytes.toString("latin1", at + DASHES.length))) throw malformed("text_behind_the_parts");
  return parts;
}

const PARTS_MAX = 1000;
const HEAD_BYTES_MAX = 8192;
const LINE_END = Buffer.from("\r\n");
const HEAD_END = Buffer.from("\r\n\r\n");
const DASHES = Buffer.from("--");

function malformed(reason: string): HaechiError {
  return new HaechiError("REQUEST_BODY_MALFORMED", "The multipart body cannot be read", { reason });
}

/** Past the line end behind a delimiter, before which white space may stand. */
function lineEnd(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at++;
  if (!bytes.subarray(at, at + 2).equals(LINE_END)) throw malformed("boundary_without_line_end");
  return at + LINE_END.length;
}

function readPart(bytes: Buffer, head: Stretch, content: Stretch): MultipartPart {
  let name: Stretch | null = null;
  let filename: Stretch | null = null;
  let length: Stretch | null = null;
  const types: Stretch[] = [];
  let hasDisposition = false;
  for (const { field, value, start } of headerFields(bytes, head)) {
    switch (field) {
      case "content-disposition": {
        if (hasDisposition || !DISPOSITION.test(value)) throw malformed("part_disposition");
        hasDisposition = true;
        for (const parameter of value.matchAll(DISPOSITION_PARAMETER)) {
          const [from, to] = parameter.indices!.groups!.text ?? parameter.indices!.groups!.token!;
          const stretch = { start: start + from, end: start + to };
          if (parameter[1]!.toLowerCase() === "name") name = once(name, stretch);
          else filename = once(filename, stretch);
        }
        break;
      }
      case "content-type":
        types.push({ start: start + value.length - value.trimStart().length, end: start + value.trimEnd().length });
        break;
      case "content-length": {
        if (!/^ ?\d{1,15}$/.test(value)) throw malformed("part_length");
        length = once(length, { start: start + value.search(/\d/), end: start + value.length });
        break;
      }
      case "content-transfer-encoding":
        if (!/^ ?(?:7bit|8bit|binary)$/i.test(value)) throw malformed("part_encoding");
        break;
      default:
        throw malformed("part_header");
    }
  }
  return { name, filename, types, length, content };
}

function once(earlier: Stretch | null, stretch: Stretch): Stretch {
  if (earlier !== null) throw malformed("part_disposition");
  return stretch;
}

interface HeaderField {
  readonly field: string;
  readonly value: string;
  /** Where the value begins. */
  readonly start: number;
}

/** One unit for each byte, so that offsets in the texts are offsets in the bytes. */
function* headerFields(bytes: Buffer, { start: from, end }: Stretch): Generator<HeaderField> {
  for (let at = from; at < end; ) {
    const found = bytes.indexOf(LINE_END, at);
    const lineEnds = found === -1 || found > end ? end : found;
    const line = bytes.toString("latin1", at, lineEnds);
    const [all, field] = /^([\w-]{1,40}):/.exec(line) ?? [];
    // A line that goes on another one has no name.
    if (all === undefined || /[\0\r\n]/.test(line)) throw malformed("part_header");
    yield { field: field!.toLowerCase(), value: line.slice(all.length), start: at + all.length };
    at = lineEnds + LINE_END.length;
  }
}

// RFC 7578 §4.2 forbids `filename*`, which says the same once more in another encoding.
const PARAMETER = '(name|filename)\\s*=\\s*(?:"(?<text>(?:[^"\\\\]|\\\\.)*)"|(?<token>[\\w.-]+))';
const DISPOSITION = new RegExp(`^\\s*form-data(?:\\s*;\\s*${PARAMETER.replaceAll(/\?<\w+>/g, "?:")})*\\s*;?\\s*$`, "i");
const DISPOSITION_PARAMETER = new RegExp(PARAMETER, "dgi");
