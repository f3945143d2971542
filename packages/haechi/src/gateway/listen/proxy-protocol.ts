import type { Server, Socket } from "node:net";
import { HaechiError } from "../../core/errors.ts";
import { readProxyHeader } from "../../core/net/proxy-header.ts";
import { divert } from "./divert.ts";
import { announcePeer } from "./peer.ts";

export interface ProxyProtocolOptions {
  /** True for those who begin each connection with a header. Everybody else is a client. */
  readonly isSender: (address: string) => boolean;
  /** Gets why a connection was closed. */
  readonly onRefused: (fault: HaechiError) => void;
}

/**
 * Takes the header of the PROXY protocol off the connections of those who send one. What begins otherwise is closed
 * unread and unanswered: nobody knows whose it is.
 */
export function takeProxyHeaders(
  server: Server,
  accepted: "connection" | "secureConnection",
  { isSender, onRefused }: ProxyProtocolOptions,
): void {
  const sources = accepted === "secureConnection" ? carryOver(server) : null;
  divert(server, "connection", (socket: Socket, goOn) => {
    // The system tells no address of a connection that was reset before we saw it, though bytes may have come on it.
    if (socket.remoteAddress === undefined) return void socket.on("error", ignore).destroy();
    if (!isSender(socket.remoteAddress)) return goOn();
    takeHeader(
      socket,
      (source) => {
        announcePeer(socket, source);
        sources?.note(socket, source);
        goOn();
      },
      onRefused,
    );
  });
}

/** How long a header may take: one that was lost on the way is sent again after three seconds at the latest. */
const HEADER_MS = 5000;

function takeHeader(
  socket: Socket,
  onSource: (source: string | null) => void,
  onRefused: (fault: HaechiError) => void,
): void {
  let bytes: Buffer = Buffer.alloc(0);
  const letGo = () => {
    clearTimeout(timer);
    socket.off("data", onData).off("end", onEnd).off("close", letGo).off("error", ignore);
  };
  const refuse = (fault: HaechiError) => {
    letGo();
    socket.on("error", ignore).destroy();
    onRefused(fault);
  };
  const onData = (chunk: Buffer) => {
    bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
    const header = readProxyHeader(bytes);
    if (header.kind === "malformed") return refuse(malformed());
    if (header.kind === "unfinished") return;
    letGo();
    socket.pause();
    if (bytes.length > header.length) socket.unshift(bytes.subarray(header.length));
    onSource(header.source);
    // After whoever has taken over the connection has begun to listen.
    process.nextTick(() => socket.resume());
  };
  const onEnd = () => {
    // Balancers look whether somebody listens, and go.
    if (bytes.length > 0) return refuse(malformed());
    letGo();
    socket.destroy();
  };
  const timer = setTimeout(() => {
    refuse(
      new HaechiError("REQUEST_TOO_SLOW", "The header of the PROXY protocol comes too slowly", {
        reason: "proxy_header_too_slow",
      }),
    );
  }, HEADER_MS).unref();
  socket.on("data", onData).on("end", onEnd).on("close", letGo).on("error", ignore);
}

function malformed(): HaechiError {
  return new HaechiError("REQUEST_MALFORMED", "The connection does not begin with a header of the PROXY protocol", {
    reason: "proxy_header_malformed",
  });
}

function ignore(): void {}

/** Keeps what was said before a handshake until its secured connection is there, which has the same two ends. */
function carryOver(server: Server) {
  const sources = new Map<string, { readonly socket: Socket; readonly source: string | null }>();
  server.prependListener("secureConnection", (secured: Socket) => {
    const noted = sources.get(endsOf(secured));
    if (noted !== undefined) announcePeer(secured, noted.source);
  });
  return {
    note(socket: Socket, source: string | null) {
      const ends = endsOf(socket);
      sources.set(ends, { socket, source });
      socket.once("close", () => {
        // The same ends may be another connection's by now.
        if (sources.get(ends)?.socket === socket) sources.delete(ends);
      });
    },
  };
}

function endsOf({ remoteAddress, remotePort, localAddress, localPort }: Socket): string {
  return [remoteAddress, remotePort, localAddress, localPort].join(" ");
}
