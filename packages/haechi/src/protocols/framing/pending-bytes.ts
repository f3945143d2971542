const NO_BYTES = new Uint8Array(0);

/** The beginning of a frame whose end has not come, gathered at a cost that grows with its length alone. */
export class PendingBytes {
  #bytes: Uint8Array = NO_BYTES;
  /** Room of our own for a frame that comes in several pieces; `#bytes` is then its beginning. */
  #room = NO_BYTES;

  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Adds a piece. The room doubles, so that a piece costs no more than its own length. */
  append(chunk: Uint8Array): void {
    if (this.#bytes.length === 0) {
      this.#bytes = chunk;
      return;
    }
    const length = this.#bytes.length + chunk.length;
    if (this.#bytes.buffer !== this.#room.buffer || this.#bytes.byteOffset + length > this.#room.length) {
      this.#room = new Uint8Array(length * 2);
      this.#room.set(this.#bytes);
      this.#bytes = this.#room.subarray(0, this.#bytes.length);
    }
    this.#room.set(chunk, this.#bytes.byteOffset + this.#bytes.length);
    this.#bytes = this.#room.subarray(this.#bytes.byteOffset, this.#bytes.byteOffset + length);
  }

  /** Takes the first bytes out; they stay as they are for as long as somebody holds them. */
  take(length: number): Uint8Array {
    const taken = this.#bytes.subarray(0, length);
    this.#bytes = this.#bytes.subarray(length);
    return taken;
  }
}
