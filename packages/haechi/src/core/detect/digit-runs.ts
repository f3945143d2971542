/** Past the last of the digits that begin at `at`. */
export function digitRunEnd(bytes: Uint8Array, at: number, end: number): number {
  let past = at;
  while (past < end && isDigit(bytes[past]!)) past++;
  return past;
}

/** Calls `visit` with the start and end of every run of at least `runMin` digits. */
export function eachDigitRun(
  bytes: Uint8Array,
  start: number,
  end: number,
  runMin: number,
  visit: (start: number, end: number) => void,
): void {
  // A run of that many digits covers one of the places looked at.
  for (let at = start + runMin - 1; at < end; at += runMin) {
    if (!isDigit(bytes[at]!)) continue;
    let runStart = at;
    while (runStart > start && isDigit(bytes[runStart - 1]!)) runStart--;
    const runEnd = digitRunEnd(bytes, at, end);
    if (runEnd - runStart >= runMin) visit(runStart, runEnd);
    at = runEnd;
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
