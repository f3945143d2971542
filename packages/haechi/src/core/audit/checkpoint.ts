import { decodeBase64, encodeBase64 } from "./base64.ts";
import { TREE_HASH_BYTES } from "./merkle-tree.ts";

/** The head of the tree over one segment of a log (https://c2sp.org/tlog-checkpoint). */
export interface Checkpoint {
  /** Name of the log. */
  readonly log: string;
  readonly segment: number;
  /** Entries. */
  readonly size: number;
  /** RFC 6962 root over the lines of the segment, each without its newline. */
  readonly root: Uint8Array;
}

/** The origin of the tree of a segment: each segment is a log of its own to whoever checks it. */
export function checkpointOrigin({ log, segment }: Pick<Checkpoint, "log" | "segment">): string {
  return `${log}/${segment}`;
}

/** What is signed of a checkpoint. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  return `${checkpointOrigin(checkpoint)}\n${checkpoint.size}\n${encodeBase64(checkpoint.root)}\n`;
}

/** Reads the text of a checkpoint of ours; null for anything else, extension lines included. */
export function parseCheckpoint(text: string): Checkpoint | null {
  const [, log, segment, size, encoded] =
    /^(\S{1,256})\/([1-9]\d{0,14})\n(0|[1-9]\d{0,14})\n([\w+/=]+)\n$/.exec(text) ?? [];
  const root = encoded === undefined ? null : decodeBase64(encoded);
  if (log === undefined || root?.length !== TREE_HASH_BYTES) return null;
  return { log, segment: Number(segment), size: Number(size), root };
}
