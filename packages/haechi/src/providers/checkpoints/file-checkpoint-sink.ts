import fs from "node:fs";
import { dirname } from "node:path";
import type { CheckpointSink } from "../../ports/checkpoint-sink.ts";
import { durableFiles } from "../storage/durable-files.ts";
import { makeFolder } from "../storage/make-folder.ts";
import { formatAnchor } from "./format-anchor.ts";

/**
 * Appends anchors to a file, 0600, that is there from the start: so a missing one
 * means that it was taken away. It proves removal from the log's end only when it
 * lies where the writer of the log cannot change it.
 */
export function createFileCheckpointSink(path: string): CheckpointSink {
  makeFolder(dirname(path));
  const fd = fs.openSync(path, "a+", 0o600);
  fs.fchmodSync(fd, 0o600);
  durableFiles.syncDirectory(dirname(path));
  let waiting = endsTorn(fd) ? "\n" : "";
  let writing: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  /** Writes together what came in while the write before was under way. */
  async function writeWaiting(before: Promise<void>): Promise<void> {
    await before.catch(() => undefined);
    const text = waiting;
    waiting = "";
    next = null;
    await appendDurably(fd, Buffer.from(text, "utf8"));
  }

  return {
    publish(anchor) {
      waiting += `${formatAnchor(anchor)}\n`;
      if (next === null) {
        next = writeWaiting(writing);
        writing = next;
      }
      return next;
    },
    async close() {
      await writing.catch(() => undefined);
      fs.closeSync(fd);
    },
  };
}

/** True when the file ends in the middle of a line, as a crash leaves it. */
function endsTorn(fd: number): boolean {
  const { size } = fs.fstatSync(fd);
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  fs.readSync(fd, last, 0, 1, size - 1);
  return last[0] !== 0x0a;
}

function appendDurably(fd: number, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    fs.write(fd, bytes, 0, bytes.length, null, (error, written) => {
      if (error) reject(error);
      else if (written < bytes.length) reject(new Error("The anchor file took only a part of the anchors"));
      else fs.fdatasync(fd, (failure) => (failure ? reject(failure) : resolve()));
    });
  });
}
