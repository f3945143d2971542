import type { ServerHttp2Session, ServerHttp2Stream } from "node:http2";
import type { ClientRequest } from "../client-message.ts";
import { breakOff, type Http2Response } from "./http2-response.ts";
import { KEEP_ALIVE_MS } from "./limits.ts";
import { failBody, tooSlow } from "./malformed.ts";
import { hasStalled, type Progress, progressOf } from "./stalled.ts";

/** The connections that speak HTTP/2, each with its exchanges. */
export interface Http2Sessions {
  /** @param onFlood told of a connection that is closed for what it sends beside requests */
  add(session: ServerHttp2Session, onFlood: () => void): void;
  begin(session: ServerHttp2Session, exchange: Http2Exchange): void;
  /** From now on a connection takes no new exchange, and is closed when it has none. */
  closeWhenIdle(): void;
  /** Ends what does not move on; called every now and then. The limits are those of HTTP/1.1, exchange by exchange. */
  closeStalled(nowMs: number, headMs: number): void;
  /** Cuts off what is left. */
  closeAll(): void;
}

export interface Http2Exchange {
  readonly stream: ServerHttp2Stream;
  readonly request: ClientRequest;
  readonly response: Http2Response;
}

interface Session {
  readonly open: Map<Http2Exchange, { readonly sinceMs: number; progress: Progress | null }>;
  begun: number;
  /** Frames since the last look that are neither requests nor parts of them. */
  controls: number;
  /** Since when there has been no exchange; null while there is one, or before the first look. */
  idleSinceMs: number | null;
}

export function createHttp2Sessions(requestTimeoutMs: number): Http2Sessions {
  const sessions = new Map<ServerHttp2Session, Session>();
  let isClosing = false;

  return {
    add(session, onFlood) {
      const state: Session = { open: new Map(), begun: 0, controls: 0, idleSinceMs: null };
      sessions.set(session, state);
      session.once("close", () => sessions.delete(session));
      const countControl = () => {
        state.controls++;
        if (state.controls !== CONTROLS_MAX) return;
        onFlood();
        destroy(session, ENHANCE_YOUR_CALM);
      };
      session.on("ping", countControl);
      session.on("remoteSettings", countControl);
      if (isClosing) session.close();
    },
    begin(session, exchange) {
      const state = sessions.get(session);
      if (state === undefined) return;
      state.begun++;
      state.idleSinceMs = null;
      state.open.set(exchange, { sinceMs: performance.now(), progress: null });
      exchange.stream.once("close", () => {
        state.open.delete(exchange);
        if (isClosing && state.open.size === 0) session.close();
      });
    },
    closeWhenIdle() {
      isClosing = true;
      for (const [session, { open }] of sessions) {
        if (open.size === 0) session.close();
        else announceClose(session);
      }
    },
    closeStalled(nowMs, headMs) {
      for (const [session, state] of sessions) {
        state.controls = 0;
        for (const exchange of state.open.keys()) lookAt(exchange, state, nowMs);
        if (state.open.size > 0) continue;
        state.idleSinceMs ??= nowMs;
        // A client that begins with no request, or keeps sending something that is none, is as one that sends nothing.
        const idleMs = nowMs - state.idleSinceMs;
        const idleMaxMs = state.begun === 0 ? headMs : KEEP_ALIVE_MS;
        if (idleMs >= 2 * idleMaxMs) session.destroy();
        else if (idleMs >= idleMaxMs) session.close();
      }
    },
    closeAll() {
      for (const session of sessions.keys()) destroy(session, INTERNAL_ERROR);
    },
  };

  function lookAt(exchange: Http2Exchange, { open }: Session, nowMs: number): void {
    const { request, response, stream } = exchange;
    const seen = open.get(exchange)!;
    seen.progress = progressOf(response.traffic(), { open: 1, begun: 1 }, seen.progress, nowMs);
    if (hasStalled(seen.progress, nowMs, Number.POSITIVE_INFINITY)) breakOff(stream);
    else if (!request.complete && requestTimeoutMs > 0 && nowMs - seen.sinceMs >= requestTimeoutMs) {
      failBody(request, tooSlow());
    }
  }
}

/**
 * RFC 9113 §6.8: says first that the connection will close, and closes it to new exchanges once the client knows, so
 * that none is lost that was on its way. Without an exchange on it the library would read nothing more of the connection,
 * not even that the client knows; such a one is closed at once, and the client is told which stream was the last.
 */
function announceClose(session: ServerHttp2Session): void {
  if (session.closed || session.destroyed) return;
  const close = () => {
    clearTimeout(timer);
    if (!session.closed) session.close();
  };
  const timer = setTimeout(close, NOTICE_MS).unref();
  session.goaway(NO_ERROR, STREAM_ID_MAX);
  session.ping(close);
}

/** Node tells the client why only where there is an error. */
function destroy(session: ServerHttp2Session, code: number): void {
  session.destroy(new Error("The connection is broken off"), code);
}

/** Error codes of RFC 9113 §7. */
const NO_ERROR = 0;
const INTERNAL_ERROR = 2;
const ENHANCE_YOUR_CALM = 11;

const STREAM_ID_MAX = 2 ** 31 - 1;
/** How long a client may take to notice; some answer nothing any more once they were told. */
const NOTICE_MS = 500;
/** How many pings and settings a client may send between two looks. */
const CONTROLS_MAX = 1000;
