import type { ClientRequest, ClientSocket } from "../client-message.ts";
import type { HopRules } from "../headers/client-address.ts";

/** What hops said of connections: an address, or null where they spoke for themselves. */
const announced = new WeakMap<ClientSocket, string | null>();

/** Notes what a hop said of a connection before anything else came on it. */
export function announcePeer(socket: ClientSocket, source: string | null): void {
  announced.set(socket, source);
}

/** The address that a request came from, as far as trusted hops tell. */
export function clientAddress(
  { socket, rawHeaders }: Pick<ClientRequest, "socket" | "rawHeaders">,
  hops: HopRules,
): string | undefined {
  const source = announced.get(socket);
  // A hop that forwards connections has read nothing of what is in them: headers there are not its word.
  if (source === null) return socket.remoteAddress;
  return hops.clientAddress(source ?? socket.remoteAddress, rawHeaders);
}

/** True where whoever sends a request may say how it reached them. */
export function isTrustedPeer(socket: ClientSocket, hops: HopRules): boolean {
  const source = announced.get(socket);
  return source !== null && hops.isTrusted(source ?? socket.remoteAddress);
}
