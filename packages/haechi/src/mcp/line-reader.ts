import { createRpcSkimmer, type RpcSkimmer, type SkimmedMessage } from "../protocols/framing/json-rpc-skim.ts";
import { isSpace } from "../protocols/framing/ndjson.ts";
import { PendingBytes } from "../protocols/framing/pending-bytes.ts";

/** One line of a peer, without its end. */
export type Line =
  | { readonly kind: "message"; readonly bytes: Uint8Array }
  /** Longer than the limit: only what is needed to answer it was kept. */
  | { readonly kind: "too-long"; readonly skimmed: SkimmedMessage };

/** Splits bytes at line feeds. It holds one line of at most `bytesMax` bytes. */
export interface LineReader {
  push(chunk: Uint8Array): readonly Line[];
  /** What stands behind the last line feed; null for nothing. */
  end(): Line | null;
}

export function createLineReader({ bytesMax }: { readonly bytesMax: number }): LineReader {
  const pending = new PendingBytes();
  let tooLong: RpcSkimmer | null = null;

  return {
    push(chunk) {
      const lines: Line[] = [];
      let from = 0;
      for (let lf = chunk.indexOf(LF); lf >= 0; lf = chunk.indexOf(LF, from)) {
        add(chunk.subarray(from, lf));
        const line = take();
        if (line !== null) lines.push(line);
        from = lf + 1;
      }
      if (from < chunk.length) add(chunk.subarray(from));
      return lines;
    },
    end: take,
  };

  function add(piece: Uint8Array): void {
    if (tooLong === null && pending.bytes.length + piece.length <= bytesMax) {
      if (piece.length > 0) pending.append(piece);
      return;
    }
    if (tooLong === null) {
      tooLong = createRpcSkimmer();
      tooLong.push(pending.take(pending.bytes.length));
    }
    tooLong.push(piece);
  }

  function take(): Line | null {
    if (tooLong !== null) {
      const skimmed = tooLong.end();
      tooLong = null;
      return { kind: "too-long", skimmed };
    }
    const bytes = pending.take(pending.bytes.length);
    // A blank line carries nothing.
    return bytes.every(isSpace) ? null : { kind: "message", bytes };
  }
}

const LF = 0x0a;
