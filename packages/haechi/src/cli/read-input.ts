import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { CommandError } from "./command-error.ts";

/** Largest input; it is held in memory as a whole. */
const INPUT_BYTES_MAX = 64 * 1024 * 1024;

/**
 * The bytes of a file, or of standard input for `-`.
 * @throws CommandError
 */
export async function readInput(path: string, stdin: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of path === "-" ? stdin : createReadStream(path)) {
      const bytes = Buffer.from(chunk);
      length += bytes.length;
      if (length > INPUT_BYTES_MAX) throw new CommandError(`the input is larger than ${INPUT_BYTES_MAX} bytes`);
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    throw new CommandError(`the input cannot be read${code}`);
  }
  return Buffer.concat(chunks);
}
