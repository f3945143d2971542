/** The bytes four at a time, of which the first stands lowest, without those at the end that fill no word. */
export function wordsOf(bytes: Uint8Array): Int32Array {
  const count = bytes.length >> 2;
  // The slice of a Buffer would be a view of the same bytes; a constructor copies.
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  if (isLowFirst) return new Int32Array(aligned.buffer, aligned.byteOffset, count);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return Int32Array.from({ length: count }, (_, word) => view.getInt32(word * 4, true));
}

const isLowFirst = new Uint8Array(Int32Array.of(1).buffer)[0] === 1;
