import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { hasStalled, type Progress, progressOf } from "./stalled.ts";

/** The open connections of a server, and whether each is in the middle of an exchange. */
export interface Connections {
  /** From now on a connection is closed with the next answer on it, which says so; clients come back on another. */
  closeAfterAnswer(): void;
  /** The same, and connections with nothing to answer are closed now. */
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
  readonly socket: Socket;
  /** What came before anything that could be a head. */
  readonly bytesBefore: number;
  /** Exchanges that are not over: more than one when requests are pipelined. */
  open: number;
  /** Exchanges so far. */
  begun: number;
  latest: { readonly request: IncomingMessage; readonly response: ServerResponse } | null;
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
  const connections = new Map<Duplex, Connection>();
  let closing = false;

  server.on(accepted, (socket: Socket) => {
    const bytesBefore = socket.bytesRead - socket.readableLength;
    connections.set(socket, { socket, bytesBefore, open: 0, begun: 0, latest: null, next: null, progress: null });
    socket.once("close", () => connections.delete(socket));
  });
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const connection = connections.get(socket);
    if (connection === undefined) return;
    if (closing) response.shouldKeepAlive = false;
    connection.open++;
    connection.begun++;
    connection.latest = { request, response };
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
  const closeAfterAnswer = () => {
    closing = true;
    // RFC 9112 §9.6: a client that is told does not send its next request into a connection that is about to close.
    for (const { latest } of connections.values()) {
      if (latest !== null && !latest.response.headersSent) latest.response.shouldKeepAlive = false;
    }
  };
  return {
    closeAfterAnswer,
    closeWhenIdle() {
      closeAfterAnswer();
      closeIdle();
    },
    closeStalled(nowMs, headMs, onSlowHead) {
      for (const connection of connections.values()) {
        const { socket, bytesBefore } = connection;
        connection.progress = progressOf(socket, connection, connection.progress, nowMs);
        if (!hasStalled(connection.progress, nowMs, headMs)) continue;
        if (connection.progress.state === "receiving-head" && socket.bytesRead > bytesBefore) onSlowHead(socket);
        else socket.destroy();
      }
    },
    receiving(socket) {
      const request = connections.get(socket)?.latest?.request;
      return request === undefined || request.complete ? null : request;
    },
    onceAnswered(socket, then) {
      const connection = connections.get(socket);
      if (connection === undefined || connection.open === 0) then();
      else connection.next = then;
    },
  };
}
