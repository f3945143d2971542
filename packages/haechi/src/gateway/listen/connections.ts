import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { hasStalled, type Progress, progressOf } from "./stalled.ts";

/** The open connections of a server, and whether each is in the middle of an exchange. */
export interface Connections {
  /** From now on a connection is closed as soon as it has nothing left to answer. */
  closeWhenIdle(): void;
  /**
   * Closes the connections that have not moved on since earlier calls; called every now and then.
   * @param headMs how long a head may take
   * @param onSlowHead gets those on which a request was begun, to be answered
   */
  closeStalled(nowMs: number, headMs: number, onSlowHead: (socket: Socket) => void): void;
  /** The request whose body is still coming in on a connection; null when there is none. */
  receiving(socket: Duplex): IncomingMessage | null;
  /** Calls back once a connection has nothing left to answer, which may be now. */
  onceAnswered(socket: Duplex, then: () => void): void;
}

interface Connection {
  /** Exchanges that are not over: more than one when requests are pipelined. */
  open: number;
  /** Exchanges so far. */
  begun: number;
  latest: IncomingMessage | null;
  /** To be called when no exchange is open. */
  next: (() => void) | null;
  progress: Progress | null;
}

/**
 * Follows the connections of a server that has none yet.
 * @param accepted the event that hands over what requests name as their socket: with TLS
 *   that is the secured layer, and the connection below closes with it
 */
export function trackConnections(server: Server, accepted: "connection" | "secureConnection"): Connections {
  const connections = new Map<Duplex, Connection & { readonly socket: Socket }>();
  let closing = false;

  server.on(accepted, (socket: Socket) => {
    connections.set(socket, { socket, open: 0, begun: 0, latest: null, next: null, progress: null });
    socket.once("close", () => connections.delete(socket));
  });
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const connection = connections.get(socket);
    if (connection === undefined) return;
    if (closing) response.shouldKeepAlive = false;
    connection.open++;
    connection.begun++;
    connection.latest = request;
    response.once("close", () => {
      connection.open--;
      if (connection.open > 0) return;
      if (connection.next !== null) connection.next();
      else if (closing) socket.end();
    });
  };
  server.on("request", onRequest);
  server.on("checkContinue", onRequest);
  server.on("checkExpectation", onRequest);

  const closeIdle = () => {
    for (const { socket, open } of connections.values()) if (open === 0) socket.destroy();
  };
  // Node's own counts a connection as idle once the answer is handed over, and would cut off one that
  // the client is still receiving.
  server.closeIdleConnections = closeIdle;
  return {
    closeWhenIdle() {
      closing = true;
      closeIdle();
    },
    closeStalled(nowMs, headMs, onSlowHead) {
      for (const connection of connections.values()) {
        const { socket } = connection;
        connection.progress = progressOf(socket, connection, connection.progress, nowMs);
        if (!hasStalled(connection.progress, nowMs, headMs)) continue;
        if (connection.progress.state === "receiving-head" && socket.bytesRead > 0) onSlowHead(socket);
        else socket.destroy();
      }
    },
    receiving(socket) {
      const latest = connections.get(socket)?.latest ?? null;
      return latest === null || latest.complete ? null : latest;
    },
    onceAnswered(socket, then) {
      const connection = connections.get(socket);
      if (connection === undefined || connection.open === 0) then();
      else connection.next = then;
    },
  };
}
