import type { ClientResponse } from "../client-message.ts";

/**
 * Writes the pieces as one. A promise only when the client reads more slowly than
 * we write: it resolves when there is room again or the client has left.
 */
export function writeToClient(client: ClientResponse, pieces: readonly Uint8Array[]): Promise<void> | undefined {
  if (pieces.length === 0 || client.destroyed) return undefined;
  const bytes = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  if (bytes.length > WRITE_BYTES_MAX) return writeInTurn(client, bytes).then((last) => writeToClient(client, [last]));
  return client.write(bytes) ? undefined : roomAt(client);
}

/** Ends an answer with what may be a large body. What of it the client does not take at once follows as it reads. */
export function endClient(client: ClientResponse, bytes: Uint8Array): void {
  if (bytes.length <= WRITE_BYTES_MAX) {
    client.end(bytes);
    return;
  }
  void writeInTurn(client, bytes).then((last) => {
    if (!client.destroyed) client.end(last);
  });
}

/**
 * Of one write nobody sees how far it has come before all of it has left. A client that is longer at it than one may
 * stand still (listen/stalled.ts) would be taken for one that reads nothing.
 */
const WRITE_BYTES_MAX = 262_144;

/** Writes one piece after the other, and resolves with the last, unwritten, when its turn has come. */
async function writeInTurn(client: ClientResponse, bytes: Uint8Array): Promise<Uint8Array> {
  let at = 0;
  for (; bytes.length - at > WRITE_BYTES_MAX && !client.destroyed; at += WRITE_BYTES_MAX) {
    if (!client.write(bytes.subarray(at, at + WRITE_BYTES_MAX))) await roomAt(client);
  }
  return bytes.subarray(at);
}

function roomAt(client: ClientResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      client.off("drain", done);
      client.off("close", done);
      resolve();
    };
    client.on("drain", done);
    client.on("close", done);
  });
}
