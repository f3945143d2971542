/** A stretch of bytes as the text it spells, with the way back. One serves for one stretch after the other. */
export class DecodedText {
  text = "";
  #start = 0;
  #end = 0;
  #plain = true;
  /** For each UTF-16 unit: the byte at which its character or escape begins. */
  #origins: Int32Array = NO_ORIGINS;
  #spelled: Uint8Array = NO_BYTES;

  /** Reads bytes that spell themselves: ASCII without escapes. */
  readPlain(bytes: Uint8Array, start: number, end: number): void {
    this.text = utf8.decode(bytes.subarray(start, end));
    this.#start = start;
    this.#end = end;
    this.#plain = true;
  }

  /**
   * Reads UTF-8 in which, when `escaped`, a backslash and a letter stand for one character,
   * as in JSON. A \u escape has no place here: text that holds one is normalized first.
   */
  read(bytes: Uint8Array, start: number, end: number, escaped: boolean): void {
    if (this.#spelled.length < end - start) this.#grow(end - start);
    const spelled = this.#spelled;
    const origins = this.#origins;
    let length = 0;
    let units = 0;
    for (let at = start; at < end; ) {
      const byte = bytes[at]!;
      origins[units++] = at;
      if (byte < 0x80) {
        const isEscape = escaped && byte === BACKSLASH;
        spelled[length++] = isEscape ? SPELLED_BY_LETTER[bytes[at + 1]!]! : byte;
        at += isEscape ? 2 : 1;
      } else {
        const width = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
        // Beyond U+FFFF a character is two units, which share their origin.
        if (width === 4) origins[units++] = at;
        for (const past = at + width; at < past; ) spelled[length++] = bytes[at++]!;
      }
    }
    this.text = utf8.decode(spelled.subarray(0, length));
    this.#start = start;
    this.#end = end;
    this.#plain = false;
  }

  /** The index in `text` of the character that the byte begins or is a part of. */
  indexAt(byte: number): number {
    if (this.#plain) return byte - this.#start;
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
    if (this.#plain) return this.#start + index;
    return index < this.text.length ? this.#origins[index]! : this.#end;
  }

  /** Past the last byte of the character before the index. */
  endOf(index: number): number {
    const end = this.startOf(index);
    return !this.#plain && index > 0 && end === this.#origins[index - 1] ? this.startOf(index + 1) : end;
  }

  #grow(length: number): void {
    this.#spelled = new Uint8Array(length);
    this.#origins = new Int32Array(length);
  }
}

// Without ignoreBOM a U+FEFF at the start would vanish and shift every index.
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

const NO_BYTES = new Uint8Array(0);
const NO_ORIGINS = new Int32Array(0);

const BACKSLASH = 0x5c;

/** What an escape spells, by the byte behind its backslash. */
export const SPELLED_BY_LETTER: Uint8Array = spelledByLetter();

function spelledByLetter(): Uint8Array {
  const spelled = Uint8Array.from({ length: 256 }, (_, letter) => letter);
  for (const [letter, character] of Object.entries({ b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" })) {
    spelled[letter.charCodeAt(0)] = character.charCodeAt(0);
  }
  return spelled;
}
