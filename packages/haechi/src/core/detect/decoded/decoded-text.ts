/**
 * A part of a stretch of bytes as the text it spells, with the way back. Only what is
 * asked for is read, and a little more, so that neighbours share it.
 */
export class DecodedText {
  text = "";
  #bytes: Uint8Array = NO_BYTES;
  #start = 0;
  #end = 0;
  #escaped = false;
  #plain = true;
  /** The bytes that `text` spells; none while they are the same. */
  #from = 0;
  #to = 0;
  /** Each UTF-16 unit of `text` is one byte. */
  #isUniform = true;
  /** For each unit of a text that is not uniform: the byte at which its character or escape begins. */
  #origins: Int32Array = NO_ORIGINS;
  #units: Uint16Array = NO_UNITS;
  /** How much more than is asked for is read ahead. */
  #more = READ_MORE_MIN;

  /**
   * The stretch that is to be read next: UTF-8 in which, when `escaped`, a backslash and
   * a letter stand for one character, as in JSON. A \u escape has no place here: text
   * that holds one is normalized first. `plain` bytes are ASCII without escapes.
   */
  open(bytes: Uint8Array, start: number, end: number, escaped: boolean, plain: boolean): void {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.#escaped = escaped;
    this.#plain = plain;
    this.#from = start;
    this.#to = start;
    this.#more = READ_MORE_MIN;
    this.text = "";
  }

  /** Sees to it that `text` holds what the bytes spell, in whole characters; it may hold more on either side. */
  cover(from: number, to: number): void {
    const first = Math.max(from, this.#start);
    const past = Math.min(to, this.#end);
    if (first >= this.#from && past <= this.#to) return;
    // One who goes on through a text gets twice as much each time, and reads no byte more than a few times.
    const goesOn = first >= this.#from && first <= this.#to;
    this.#more = goesOn ? Math.min(this.#more * 2, READ_MORE_MAX) : this.#plain ? PLAIN_READ_MORE_MIN : READ_MORE_MIN;
    const more = Math.max(past - first, this.#more);
    // One who looks back for a moment and goes on keeps what has been read ahead.
    const ahead = first < this.#from && past >= this.#from ? this.#to : this.#start;
    this.#read(
      this.#characterStart(Math.max(first - READ_BEFORE, this.#start)),
      Math.min(Math.max(past + more, ahead), this.#end),
    );
  }

  /** The text of the whole stretch. */
  whole(): string {
    this.cover(this.#start, this.#end);
    return this.text;
  }

  /** The index in `text` of the character that the byte begins or is a part of. */
  indexAt(byte: number): number {
    if (this.#isUniform) return byte - this.#from;
    const origins = this.#origins;
    let low = 0;
    let high = this.text.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.startOf(middle) < byte) low = middle + 1;
      else high = middle;
    }
    // The first unit at the byte; when none begins there, the character before.
    if (this.startOf(low) <= byte) return low;
    return low > 1 && origins[low - 1] === origins[low - 2] ? low - 2 : low - 1;
  }

  /** The first byte of the character at the index. */
  startOf(index: number): number {
    if (this.#isUniform) return this.#from + index;
    return index < this.text.length ? this.#origins[index]! : this.#to;
  }

  /** Past the last byte of the character before the index. */
  endOf(index: number): number {
    const end = this.startOf(index);
    return !this.#isUniform && index > 0 && end === this.#origins[index - 1] ? this.startOf(index + 1) : end;
  }

  #read(from: number, to: number): void {
    this.#from = from;
    if (this.#plain) {
      this.text = asciiText(this.#bytes, from, to);
      this.#to = to;
      this.#isUniform = true;
    } else {
      this.#readSpelled(to);
    }
  }

  #readSpelled(to: number): void {
    const from = this.#from;
    if (this.#units.length < to - from + 1) this.#grow(to - from + 1);
    const bytes = this.#bytes;
    const units = this.#units;
    const origins = this.#origins;
    const escaped = this.#escaped;
    let length = 0;
    let at = from;
    // The last character may reach past what was asked for.
    while (at < to) {
      const byte = bytes[at]!;
      origins[length] = at;
      if (byte < 0x80) {
        const isEscape = escaped && byte === BACKSLASH;
        units[length++] = isEscape ? SPELLED_BY_LETTER[bytes[at + 1]!]! : byte;
        at += isEscape ? 2 : 1;
      } else if (byte < 0xe0) {
        units[length++] = ((byte & 0x1f) << 6) | (bytes[at + 1]! & 0x3f);
        at += 2;
      } else if (byte < 0xf0) {
        units[length++] = ((byte & 0x0f) << 12) | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f);
        at += 3;
      } else {
        // Beyond U+FFFF a character is two units, which share their origin.
        const beyond =
          (((byte & 0x07) << 18) |
            ((bytes[at + 1]! & 0x3f) << 12) |
            ((bytes[at + 2]! & 0x3f) << 6) |
            (bytes[at + 3]! & 0x3f)) -
          0x10000;
        units[length++] = 0xd800 | (beyond >> 10);
        origins[length] = at;
        units[length++] = 0xdc00 | (beyond & 0x3ff);
        at += 4;
      }
    }
    this.text = textOfUnits(units, length);
    this.#to = at;
    this.#isUniform = length === at - from;
  }

  /** Where the character or escape begins of which the byte is a part. */
  #characterStart(byte: number): number {
    if (this.#plain) return byte;
    const bytes = this.#bytes;
    let at = byte;
    while (at > this.#start && (bytes[at]! & 0xc0) === 0x80) at--;
    if (!this.#escaped) return at;
    let backslashes = 0;
    while (at - backslashes > this.#start && bytes[at - backslashes - 1] === BACKSLASH) backslashes++;
    // Behind an odd number of backslashes stands the letter of an escape.
    return at - (backslashes & 1);
  }

  #grow(length: number): void {
    this.#units = new Uint16Array(length);
    this.#origins = new Int32Array(length);
  }
}

// Without ignoreBOM a U+FEFF at the start would vanish and shift every index.
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

const NO_BYTES = new Uint8Array(0);
const NO_ORIGINS = new Int32Array(0);
const NO_UNITS = new Uint16Array(0);

const BACKSLASH = 0x5c;

// What rules look at behind a match, and the matches that begin a little before the last one.
const READ_BEFORE = 24;
const READ_MORE_MIN = 48;
const READ_MORE_MAX = 4096;
// Plain text costs next to nothing by the byte.
const PLAIN_READ_MORE_MIN = 2048;

function asciiText(bytes: Uint8Array, from: number, to: number): string {
  if (to - from > LOOP_BYTES_MAX) return utf8.decode(bytes.subarray(from, to));
  let text = "";
  for (let at = from; at < to; at++) text += String.fromCharCode(bytes[at]!);
  return text;
}

/** Below this many bytes a loop is quicker than the call into the decoder. */
const LOOP_BYTES_MAX = 16;

function textOfUnits(units: Uint16Array, length: number): string {
  if (length <= CALL_UNITS_MAX) return fromUnits(units.subarray(0, length));
  let text = "";
  for (let at = 0; at < length; at += CALL_UNITS_MAX) {
    text += fromUnits(units.subarray(at, Math.min(at + CALL_UNITS_MAX, length)));
  }
  return text;
}

/** For so few units that the engine takes them as arguments of one call. */
function fromUnits(units: Uint16Array): string {
  // The engine takes any array-like for the arguments, which the types do not say.
  return String.fromCharCode.apply(null, units as unknown as number[]);
}

const CALL_UNITS_MAX = 4096;

/** What an escape spells, by the byte behind its backslash. */
export const SPELLED_BY_LETTER: Uint8Array = spelledByLetter();

function spelledByLetter(): Uint8Array {
  const spelled = Uint8Array.from({ length: 256 }, (_, letter) => letter);
  for (const [letter, character] of Object.entries({ b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" })) {
    spelled[letter.charCodeAt(0)] = character.charCodeAt(0);
  }
  return spelled;
}
