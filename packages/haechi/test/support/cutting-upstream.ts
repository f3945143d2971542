import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { TestContext } from "node:test";

/** Ways in which a connection ends after some bytes. */
export const CUTS = {
  "closes the connection": (socket: Socket, bytes: Buffer) => socket.end(bytes),
  "resets the connection": (socket: Socket, bytes: Buffer) => {
    if (bytes.length === 0) socket.resetAndDestroy();
    else socket.write(bytes, () => socket.resetAndDestroy());
  },
} as const;

export type Cut = (socket: Socket, bytes: Buffer) => void;

/** Answers with the response up to the byte that `x-cut` names in the request, and all of it when there are no more. */
export async function cuttingUpstream(test: TestContext, response: Buffer, cut: Cut): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.once("close", () => sockets.delete(socket)));
    socket.on("error", () => {});
    let received = "";
    socket.on("data", (piece: Buffer) => {
      received += piece.toString("latin1");
      const [head = "", body] = received.split("\r\n\r\n", 2);
      if (body === undefined || body.length < Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1])) return;
      received = "";
      const at = Number(/\r\nx-cut: (\d+)/.exec(head)?.[1]);
      if (at === response.length) socket.write(response);
      else cut(socket, response.subarray(0, at));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/**
 * A response as it stands on the wire.
 * @param framing chunks to cut the body into; one body of known length when left out
 */
export function wireResponse(
  type: string,
  body: Buffer,
  { coding, chunks }: { readonly coding?: string; readonly chunks?: number } = {},
): Buffer {
  const head = ["HTTP/1.1 200 OK", `content-type: ${type}`];
  if (coding !== undefined) head.push(`content-encoding: ${coding}`);
  head.push(chunks === undefined ? `content-length: ${body.length}` : "transfer-encoding: chunked");
  return Buffer.concat([
    Buffer.from(`${head.join("\r\n")}\r\n\r\n`),
    chunks === undefined ? body : chunked(body, chunks),
  ]);
}

function chunked(body: Buffer, count: number): Buffer {
  const size = Math.ceil(body.length / count);
  const pieces: Buffer[] = [];
  for (let at = 0; at < body.length; at += size) {
    const piece = body.subarray(at, at + size);
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n"));
  }
  return Buffer.concat([...pieces, Buffer.from("0\r\n\r\n")]);
}

/** Every so many bytes of a response. */
export function offsetsOf(response: Buffer, step: number): readonly number[] {
  return Array.from({ length: Math.ceil(response.length / step) }, (_, at) => at * step);
}

/** Runs the work for every item, so many at a time. */
export async function inTurns<Item>(items: readonly Item[], width: number, work: (item: Item) => Promise<void>) {
  const left = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of left) await work(item);
    }),
  );
}
