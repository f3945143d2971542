/** The frames of a stream that comes in pieces cut at these offsets, which are taken modulo its length. */
export function splitAt<Frame>(
  splitter: { push(chunk: Uint8Array): readonly Frame[]; end(): Frame | null },
  stream: Uint8Array,
  cuts: readonly number[] = [],
): Frame[] {
  const frames: Frame[] = [];
  let start = 0;
  for (const cut of [...cuts].map((at) => at % (stream.length + 1)).sort((a, b) => a - b)) {
    frames.push(...splitter.push(stream.subarray(start, cut)));
    start = cut;
  }
  frames.push(...splitter.push(stream.subarray(start)));
  const last = splitter.end();
  return last === null ? frames : [...frames, last];
}
