import { headOf, SEALED_LINE_START } from "./entry-line.ts";

/** How far back from its end a log is looked at; longer than any one append. */
export const TAIL_WINDOW_BYTES = 4 * 1024 * 1024;

/** Where a log really ends. */
export type RecoveredTail =
  | {
      /** Bytes of the window that stay. */
      readonly keptBytes: number;
      readonly lastLine: string | null;
    }
  | { readonly fault: "not an audit log" | "last entry does not verify" };

/**
 * Finds the end of a log whose writer may have died in the middle of an append,
 * from nothing but its last bytes. What is dropped was never acknowledged: an
 * append is acknowledged as a whole, after its last byte is durable.
 *
 * An append can be cut short (bytes without a newline), and after a power cut
 * some of its blocks may read as zeros. Anything else at the end is not the
 * residue of a crash; it is left alone and reported.
 * @param window the end of the file, `TAIL_WINDOW_BYTES` of it or the whole
 */
export function recoverTail(window: Uint8Array, isWholeFile: boolean): RecoveredTail {
  let kept = window.lastIndexOf(NEWLINE) + 1;
  const hole = window.indexOf(NUL);
  if (hole !== -1 && hole < kept) kept = window.lastIndexOf(NEWLINE, hole) + 1;
  // A cut line may have been ended by something that wrote a newline after it. Where nothing stays, nothing changes.
  if (!isJson(lastLineOf(window, kept))) kept = startOfLastLine(window, kept);
  if (kept === 0) {
    const isResidue = isWholeFile && startsAsResidue(window);
    return isResidue ? { keptBytes: 0, lastLine: null } : { fault: "not an audit log" };
  }
  const lastLine = lastLineOf(window, kept);
  return headOf(lastLine) === null ? { fault: "last entry does not verify" } : { keptBytes: kept, lastLine };
}

const NEWLINE = 0x0a;
const NUL = 0x00;
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const lineStart = new TextEncoder().encode(SEALED_LINE_START);

function lastLineOf(window: Uint8Array, end: number): string {
  return utf8.decode(window.subarray(startOfLastLine(window, end), end - 1));
}

function startOfLastLine(window: Uint8Array, end: number): number {
  return end < 2 ? 0 : window.lastIndexOf(NEWLINE, end - 2) + 1;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

// A file that a wrong path names must not be emptied: only the beginning of an
// entry, or zeros, can be what a crash left of the first append.
function startsAsResidue(window: Uint8Array): boolean {
  const length = Math.min(window.length, lineStart.length);
  for (let index = 0; index < length; index++) {
    if (window[index] !== lineStart[index] && window[index] !== NUL) return false;
  }
  return true;
}
