import type { Writable } from "node:stream";
import type { CheckpointSink } from "../../ports/checkpoint-sink.ts";
import { formatAnchor } from "./format-anchor.ts";

/** Prints anchors, for whatever collects the output of the process. */
export function createStdoutCheckpointSink(output: Writable = process.stdout): CheckpointSink {
  return {
    publish: (anchor) =>
      new Promise((resolve, reject) => {
        output.write(`${formatAnchor(anchor)}\n`, (error) => (error ? reject(error) : resolve()));
      }),
    // The stream belongs to the process.
    async close() {},
  };
}
