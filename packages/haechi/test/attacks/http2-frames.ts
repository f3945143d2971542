import { connect, type TLSSocket } from "node:tls";

/** Frame types of RFC 9113 §6, of which these tests send some. */
export const FRAME = {
  data: 0,
  headers: 1,
  priority: 2,
  rstStream: 3,
  settings: 4,
  ping: 6,
  goaway: 7,
  windowUpdate: 8,
  continuation: 9,
} as const;

export const FLAG = { endStream: 1, ack: 1, endHeaders: 4 } as const;

/** What a client of HTTP/2 begins with (RFC 9113 §3.4). */
export const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** One frame (RFC 9113 §4.1). */
export function frame(type: number, flags: number, stream: number, payload: Uint8Array = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** SETTINGS with identifiers and values in turn. */
export function settings(...pairs: readonly (readonly [id: number, value: number])[]): Buffer {
  const payload = Buffer.alloc(6 * pairs.length);
  pairs.forEach(([id, value], at) => {
    payload.writeUInt16BE(id, 6 * at);
    payload.writeUInt32BE(value, 6 * at + 2);
  });
  return frame(FRAME.settings, 0, 0, payload);
}

/** Fields as literals that nothing remembers (RFC 7541 §6.2.2), without Huffman coding: any byte may stand in them. */
export function fields(...pairs: readonly (readonly [name: string, value: string])[]): Buffer {
  return Buffer.concat(pairs.flatMap(([name, value]) => [Buffer.of(0), text(name), text(value)]));
}

/** A field that the receiver remembers under index 62 (RFC 7541 §6.2.1). */
export function remembered(name: string, value: string): Buffer {
  return Buffer.concat([Buffer.of(0x40), text(name), text(value)]);
}

/** The field that was remembered last (RFC 7541 §6.1). */
export const LAST_REMEMBERED = 0x80 | 62;

function text(value: string): Buffer {
  const bytes = Buffer.from(value, "latin1");
  return Buffer.concat([integer(bytes.length), bytes]);
}

/** RFC 7541 §5.1 with a prefix of seven bits. */
function integer(value: number): Buffer {
  if (value < 127) return Buffer.of(value);
  const bytes = [127];
  let rest = value - 127;
  for (; rest >= 128; rest >>>= 7) bytes.push((rest & 127) | 128);
  return Buffer.of(...bytes, rest);
}

/** The pseudo-header fields of a request, which come before all others. */
export function requestFields(path: string, method = "POST"): Buffer {
  return fields([":method", method], [":scheme", "https"], [":authority", "localhost"], [":path", path]);
}

export interface ReceivedFrame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Buffer;
}

/** A connection of HTTP/2 on which any bytes can be sent. */
export interface RawHttp2 {
  readonly socket: TLSSocket;
  send(...bytes: readonly Uint8Array[]): void;
  /** The frames that have come so far. */
  readonly received: readonly ReceivedFrame[];
  /** Resolves with the first frame that fits, which may have come already; null when the connection closes first. */
  next(fits: (frame: ReceivedFrame) => boolean): Promise<ReceivedFrame | null>;
  readonly closed: Promise<void>;
}

/** Shakes hands with a gateway on this machine and begins as every client does. */
export async function openHttp2(port: number, first: Uint8Array = settings()): Promise<RawHttp2> {
  const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false, ALPNProtocols: ["h2"] });
  const received: ReceivedFrame[] = [];
  let waiting: (() => void)[] = [];
  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const then of woken) then();
  };
  let rest: Buffer = Buffer.alloc(0);
  let isClosed = false;
  socket.on("data", (piece: Buffer) => {
    rest = Buffer.concat([rest, piece]);
    while (rest.length >= 9 && rest.length >= 9 + rest.readUIntBE(0, 3)) {
      const end = 9 + rest.readUIntBE(0, 3);
      received.push({
        type: rest[3]!,
        flags: rest[4]!,
        stream: rest.readUInt32BE(5) & 0x7fff_ffff,
        payload: rest.subarray(9, end),
      });
      rest = rest.subarray(end);
    }
    wake();
  });
  const closed = new Promise<void>((resolve) =>
    socket
      .on("error", () => {})
      .on("close", () => {
        isClosed = true;
        wake();
        resolve();
      }),
  );
  await new Promise<void>((resolve) => socket.once("secureConnect", resolve).once("close", resolve));
  socket.write(Buffer.concat([PREFACE, first]));
  return {
    socket,
    received,
    closed,
    send: (...bytes) => {
      if (!socket.destroyed) socket.write(Buffer.concat(bytes));
    },
    async next(fits) {
      for (;;) {
        const found = received.find(fits);
        if (found !== undefined) return found;
        if (isClosed) return null;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}
