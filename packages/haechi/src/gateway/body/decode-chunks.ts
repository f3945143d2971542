import { once } from "node:events";
import type { Transform } from "node:stream";
import { HaechiError } from "../../core/errors.ts";
import type { Coding } from "./content-coding.ts";

/** Undoes the codings of a body that comes in chunks: what a chunk says is there when the promise resolves. */
export interface ChunkDecoder {
  /** @throws HaechiError UPSTREAM_UNINSPECTABLE for bytes that are not coded so, UPSTREAM_TOO_LARGE past `bytesMax` */
  decode(chunk: Uint8Array): Promise<Uint8Array>;
  /** What is left at the end of the body. */
  end(): Promise<Uint8Array>;
  /** Lets go of the memory outside the heap, wherever the body has ended. */
  close(): void;
}

/** @param bytesMax what one chunk may decode to */
export function createChunkDecoder(codings: readonly Coding[], bytesMax: number): ChunkDecoder {
  // The last coding that was applied is the first to be undone.
  const layers = codings.toReversed().map((coding) => openLayer(coding.open(), bytesMax));
  return {
    async decode(chunk) {
      let bytes = chunk;
      for (const layer of layers) bytes = await layer.decode(bytes);
      return bytes;
    },
    async end() {
      let bytes: Uint8Array = NOTHING;
      for (const layer of layers) {
        const said = bytes.length === 0 ? NOTHING : await layer.decode(bytes);
        bytes = Buffer.concat([said, await layer.end()]);
      }
      return bytes;
    },
    close() {
      for (const layer of layers) layer.close();
    },
  };
}

const NOTHING = new Uint8Array(0);

function openLayer(transform: Transform, bytesMax: number): ChunkDecoder {
  let said: Uint8Array[] = [];
  let length = 0;
  let failure: HaechiError | null = null;
  transform.on("data", (bytes: Uint8Array) => {
    said.push(bytes);
    length += bytes.length;
    if (length <= bytesMax) return;
    failure = new HaechiError("UPSTREAM_TOO_LARGE", "A part of the stream decodes to more than the response limit");
    transform.destroy();
  });
  transform.on("error", () => {
    failure ??= new HaechiError("UPSTREAM_UNINSPECTABLE", "The stream is not coded as its header says", {
      reason: "compressed_response",
    });
  });
  const taken = (): Uint8Array => {
    if (failure !== null) throw failure;
    const bytes = said.length === 1 ? said[0]! : Buffer.concat(said);
    said = [];
    length = 0;
    return bytes;
  };
  return {
    decode: (chunk) =>
      new Promise((resolve, reject) => {
        // All that the chunk says has been given out when the write is done; one that fails only closes.
        const settle = () => {
          transform.off("close", settle);
          try {
            resolve(taken());
          } catch (error) {
            reject(error);
          }
        };
        transform.once("close", settle);
        transform.write(chunk, settle);
      }),
    async end() {
      if (failure === null) {
        transform.end();
        await once(transform, "close").catch(() => undefined);
      }
      return taken();
    },
    close: () => void transform.destroy(),
  };
}
