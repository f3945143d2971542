import type { Readable, Writable } from "node:stream";
import { handleLine } from "./handle-line.ts";
import { createLineWriter } from "./line-writer.ts";
import type { MessageGuard } from "./message-guard.ts";
import { relayLines } from "./relay-lines.ts";

/**
 * Filters one direction of a connection, from a client to a server: what may pass is written to the output, and what
 * the client has to be told instead as well, as there is no other way. Resolves at the end of the input.
 */
export async function filterStdio(
  {
    input,
    output,
    lineBytesMax,
  }: { readonly input: Readable; readonly output: Writable; readonly lineBytesMax: number },
  guard: MessageGuard,
): Promise<void> {
  const writer = createLineWriter(output);
  void writer.closed.then(() => input.destroy());
  await relayLines(input, {
    lineBytesMax,
    handle: (line) => handleLine(line, "client", guard),
    async deliver({ forward, reply }) {
      if (forward !== null) await writer.write(forward);
      if (reply !== null) await writer.write(reply);
    },
  });
}
