import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** The open connections of a server, and whether each is in the middle of an exchange. */
export interface Connections {
  /** From now on a connection is closed as soon as it has nothing left to answer. */
  closeWhenIdle(): void;
}

/**
 * Follows the connections of a server that has none yet.
 * @param accepted the event that hands over what requests name as their socket: with TLS
 *   that is the secured layer, and the connection below closes with it
 */
export function trackConnections(server: Server, accepted: "connection" | "secureConnection"): Connections {
  /** How many exchanges each open connection has (more than one when requests are pipelined). */
  const open = new Map<Duplex, number>();
  let closing = false;

  const onConnection = (socket: Duplex) => {
    open.set(socket, 0);
    socket.once("close", () => open.delete(socket));
  };
  const onRequest = ({ socket }: IncomingMessage, response: ServerResponse) => {
    if (closing) response.shouldKeepAlive = false;
    open.set(socket, (open.get(socket) ?? 0) + 1);
    response.once("close", () => {
      const left = (open.get(socket) ?? 1) - 1;
      if (open.has(socket)) open.set(socket, left);
      if (closing && left === 0) socket.end();
    });
  };
  server.on(accepted, onConnection);
  server.on("request", onRequest);
  server.on("checkContinue", onRequest);

  const closeIdle = () => {
    for (const [socket, exchanges] of open) if (exchanges === 0) socket.destroy();
  };
  // Node's own counts a connection as idle once the answer is handed over, and would cut off one that
  // the client is still receiving.
  server.closeIdleConnections = closeIdle;
  return {
    closeWhenIdle() {
      closing = true;
      closeIdle();
    },
  };
}
