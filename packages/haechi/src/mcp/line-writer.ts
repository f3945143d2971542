import { once } from "node:events";
import type { Writable } from "node:stream";

/** Writes whole lines to a peer, in the order of the calls. */
export interface LineWriter {
  /** Resolves when the peer has taken it, or there is none any more. */
  write(line: Uint8Array): Promise<void>;
  /** Closes the pipe behind everything that was written. */
  end(): void;
  /** The peer takes nothing any more. */
  readonly closed: Promise<void>;
}

export function createLineWriter(output: Writable): LineWriter {
  let isClosed = false;
  const closed = new Promise<void>((resolve) => {
    // A peer that goes away is no failure of ours.
    for (const event of ["error", "close"] as const) {
      output.on(event, () => {
        isClosed = true;
        resolve();
      });
    }
  });
  return {
    async write(line) {
      if (isClosed || output.writableEnded) return;
      const whole = new Uint8Array(line.length + 1);
      whole.set(line);
      whole[line.length] = LF;
      if (output.write(whole)) return;
      await Promise.race([once(output, "drain"), closed]).catch(() => undefined);
    },
    end() {
      if (!isClosed && !output.writableEnded) output.end();
    },
    closed,
  };
}

const LF = 0x0a;
