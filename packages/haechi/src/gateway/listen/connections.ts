import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { hasStalled, type Progress, progressOf } from "./stalled.ts";

/** The open connections of a server, and whether each is in the middle of an exchange. */
export interface Connections {
  /** From now on a connection is closed as soon as it has nothing left to answer. */
  closeWhenIdle(): void;
  /**
   * Closes the connections that have not moved on since earlier calls; called every now and then.
   * @param headMs how long a head may take
   */
  closeStalled(nowMs: number, headMs: number): void;
}

interface Connection {
  /** Exchanges that are not over: more than one when requests are pipelined. */
  open: number;
  /** Exchanges so far. */
  begun: number;
  progress: Progress | null;
}

/**
 * Follows the connections of a server that has none yet.
 * @param accepted the event that hands over what requests name as their socket: with TLS
 *   that is the secured layer, and the connection below closes with it
 */
export function trackConnections(server: Server, accepted: "connection" | "secureConnection"): Connections {
  const connections = new Map<Socket, Connection>();
  let closing = false;

  server.on(accepted, (socket: Socket) => {
    connections.set(socket, { open: 0, begun: 0, progress: null });
    socket.once("close", () => connections.delete(socket));
  });
  const onRequest = ({ socket }: IncomingMessage, response: ServerResponse) => {
    const connection = connections.get(socket);
    if (connection === undefined) return;
    if (closing) response.shouldKeepAlive = false;
    connection.open++;
    connection.begun++;
    response.once("close", () => {
      connection.open--;
      if (closing && connection.open === 0) socket.end();
    });
  };
  server.on("request", onRequest);
  server.on("checkContinue", onRequest);

  const closeIdle = () => {
    for (const [socket, { open }] of connections) if (open === 0) socket.destroy();
  };
  // Node's own counts a connection as idle once the answer is handed over, and would cut off one that
  // the client is still receiving.
  server.closeIdleConnections = closeIdle;
  return {
    closeWhenIdle() {
      closing = true;
      closeIdle();
    },
    closeStalled(nowMs, headMs) {
      for (const [socket, connection] of connections) {
        connection.progress = progressOf(socket, connection, connection.progress, nowMs);
        if (hasStalled(connection.progress, nowMs, headMs)) socket.destroy();
      }
    },
  };
}
