import type { Readable, Writable } from "node:stream";

/** A program that serves on its standard input and output. */
export interface ServerProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Null where nobody here reads it. */
  readonly stderr: Readable | null;
  /** How it ended; what it wrote may still be on its way. */
  readonly exited: Promise<ServerExit>;
  kill(signal: NodeJS.Signals): void;
}

export type ServerExit =
  | { readonly kind: "code"; readonly code: number }
  | { readonly kind: "signal"; readonly signal: NodeJS.Signals };
