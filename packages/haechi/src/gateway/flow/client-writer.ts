import type { ClientResponse } from "../client-message.ts";

/**
 * Writes the pieces as one. A promise only when the client reads more slowly than
 * we write: it resolves when there is room again or the client has left.
 */
export function writeToClient(client: ClientResponse, pieces: readonly Uint8Array[]): Promise<void> | undefined {
  if (pieces.length === 0 || client.destroyed) return undefined;
  const bytes = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  if (client.write(bytes)) return undefined;
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
