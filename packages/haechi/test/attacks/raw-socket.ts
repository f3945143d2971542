import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

/** What is done on a raw connection, in turn: bytes that are sent, or the end of sending while the answer is still read. */
export type Step = string | Uint8Array | "END";

/** Ends the sending side and goes on reading. */
export const END = "END";

/** An answer as a client reads it from the connection. */
export interface RawAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Text whose characters are its bytes, so that any byte can be written down. */
export function bytes(text: string): Buffer {
  return Buffer.from(text, "latin1");
}

/** A raw connection on which something was sent. */
export interface RawSocket {
  readonly socket: Socket;
  /** Resolves when the bytes have left, or cannot. */
  readonly written: Promise<void>;
  /** Resolves with all that came back when the connection is closed, cleanly or not. */
  readonly closed: Promise<Buffer>;
}

/** Opens a connection to a port of this machine. */
export type Dial = (port: number) => Socket;

const inTheClear: Dial = (port) => connect(port, "127.0.0.1");

/** Dials with TLS, whatever the certificate. */
export const overTls: Dial = (port) => connectTls({ port, host: "127.0.0.1", rejectUnauthorized: false });

/** Opens a connection and sends bytes on it. */
export function openRawSocket(port: number, sends: Uint8Array, dial = inTheClear): RawSocket {
  const socket = dial(port).setNoDelay();
  const received: Buffer[] = [];
  socket.on("data", (piece: Buffer) => received.push(piece));
  // A connection that is reset has been answered by that; what came before it counts.
  socket.on("error", () => {});
  const closed = new Promise<Buffer>((resolve) => socket.on("close", () => resolve(Buffer.concat(received))));
  const written = new Promise<void>((resolve) => socket.write(sends, () => resolve()));
  return { socket, written, closed };
}

/** Takes the steps on a connection of its own and resolves with all that comes back until the gateway closes it. */
export function overRawSocket(port: number, steps: readonly Step[], dial?: Dial): Promise<Buffer> {
  const { socket, closed } = openRawSocket(port, bytes(""), dial);
  for (const step of steps) {
    if (step === END) socket.end();
    else socket.write(typeof step === "string" ? bytes(step) : step);
  }
  return closed;
}

/** Reads answers that say their length, or are chunked; what is left over at the end is an answer of status 0. */
export function answersIn(received: Buffer): RawAnswer[] {
  const answers: RawAnswer[] = [];
  let rest = received.toString("latin1");
  while (rest !== "") {
    const head = /^HTTP\/1\.1 (\d{3})[^\r\n]*\r\n((?:[^\r\n]+\r\n)*)\r\n/.exec(rest);
    if (head === null) return [...answers, { status: 0, headers: {}, body: rest }];
    const headers = Object.fromEntries(
      head[2]!
        .split("\r\n")
        .filter((line) => line !== "")
        .map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
    );
    rest = rest.slice(head[0].length);
    const status = Number(head[1]);
    let body = "";
    if (headers["transfer-encoding"] === "chunked") {
      for (let size = -1; size !== 0; ) {
        const [line = "", hex = "0"] = /^([0-9a-f]+)\r\n/i.exec(rest) ?? [];
        size = Number.parseInt(hex, 16);
        body += rest.slice(line.length, line.length + size);
        rest = rest.slice(line.length + size + 2);
      }
    } else {
      const length = status < 200 ? 0 : Number(headers["content-length"] ?? rest.length);
      body = rest.slice(0, length);
      rest = rest.slice(length);
    }
    if (status >= 200) answers.push({ status, headers, body });
  }
  return answers;
}
