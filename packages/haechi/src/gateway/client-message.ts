import type { IncomingHttpHeaders } from "node:http";
import type { HaechiError } from "../core/errors.ts";

/** What the gateway reads of a request, whichever version of HTTP it came in. Node's `IncomingMessage` is one. */
export interface ClientRequest {
  readonly method?: string | undefined;
  /** The target exactly as received. */
  readonly url?: string | undefined;
  readonly httpVersion: string;
  /** Names and values in turn, as a message of HTTP/1.1 has them. */
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingHttpHeaders;
  /** The whole request has come, and was read. */
  readonly complete: boolean;
  readonly destroyed: boolean;
  readonly socket: ClientSocket;
  /** Why this is no request to be served, found out before it became one. */
  readonly headFault?: HaechiError | undefined;
  on(event: "data", listener: (chunk: Uint8Array) => void): this;
  on(event: string, listener: () => void): this;
  once(event: string, listener: () => void): this;
  off(event: "data", listener: (chunk: Uint8Array) => void): this;
  off(event: string, listener: () => void): this;
  emit(event: string): boolean;
  pause(): this;
  resume(): this;
}

/** The connection of a client; with TLS the secured layer. */
export interface ClientSocket {
  readonly remoteAddress?: string | undefined;
  /** The client has shown a certificate that is trusted. */
  readonly authorized?: boolean;
}

/** What the gateway answers with. Node's `ServerResponse` is one. */
export interface ClientResponse {
  /** Of the head, once that is sent. */
  readonly statusCode: number;
  readonly headersSent: boolean;
  readonly destroyed: boolean;
  /** Nothing more will be said. */
  readonly writableEnded: boolean;
  /** All that was said has been handed over. */
  readonly writableFinished: boolean;
  setHeader(name: string, value: string): unknown;
  /** @param headers lower-case names and values in turn */
  writeHead(status: number, headers: string[]): unknown;
  writeContinue(): void;
  flushHeaders(): void;
  write(bytes: Uint8Array): boolean;
  end(bytes?: Uint8Array): unknown;
  /** Breaks the answer off, so that the client sees that it is not whole. */
  destroy(): unknown;
  on(event: "drain" | "close", listener: () => void): this;
  once(event: "drain" | "close", listener: () => void): this;
  off(event: "drain" | "close", listener: () => void): this;
}
