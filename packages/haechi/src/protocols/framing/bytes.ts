/** The pieces as one. */
export function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/** The bytes with those from `start` to `end` replaced. */
export function replaced(bytes: Uint8Array, start: number, end: number, by: Uint8Array): Uint8Array {
  return concatenate([bytes.subarray(0, start), by, bytes.subarray(end)]);
}
