import { statSync } from "node:fs";
import type { CliIo } from "./io.ts";

/** How far the reading of a file has come. */
export interface Progress {
  readonly advance: (bytes: number) => void;
  readonly end: () => void;
}

/** Below this size a file is read before anybody wonders. */
const SHOWN_FROM_BYTES = 32 * 1024 * 1024;

/** Tells a person at a terminal how far the reading of a large file has come; silent for everyone else. */
export function showProgress(path: string, { stderr }: CliIo): Progress {
  const size = sizeOf(path);
  if (stderr.isTTY !== true || size < SHOWN_FROM_BYTES) return { advance: () => undefined, end: () => undefined };
  let read = 0;
  let shown = -1;
  return {
    advance(bytes) {
      read += bytes;
      const percent = Math.min(100, Math.floor((100 * read) / size));
      if (percent === shown) return;
      shown = percent;
      stderr.write(`\r${percent} % of ${Math.ceil(size / 1024 / 1024)} MB`);
    },
    end() {
      stderr.write(CLEAR_LINE);
    },
  };
}

/** 0 for what cannot be looked at; whoever reads it says why. */
function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
}

/** A number that grows until its end. */
export interface CountProgress {
  readonly show: (count: number) => void;
  readonly end: () => void;
}

/** Tells a person at a terminal how many things have been gone through; silent for everyone else. */
export function showCount(things: string, { stderr }: CliIo): CountProgress {
  if (stderr.isTTY !== true) return { show: () => undefined, end: () => undefined };
  return {
    show: (count) => stderr.write(`\r${count} ${things}`),
    end: () => stderr.write(CLEAR_LINE),
  };
}

/** ECMA-48 EL: the line is left empty for what follows. */
const CLEAR_LINE = "\r\u001b[K";
