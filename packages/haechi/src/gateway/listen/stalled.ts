/** How long a client may take in nothing of what is sent to it. */
const SENDING_STALL_MS = 20_000;

/** What a connection had done when it was last seen to move on, and since when it has not. */
export interface Progress {
  readonly state: "receiving-head" | "sending" | "waiting";
  readonly begun: number;
  readonly received: number;
  readonly sent: number;
  readonly sinceMs: number;
}

/** The counts of a socket. */
export interface Traffic {
  readonly bytesRead: number;
  /** With what is still in our buffers. */
  readonly bytesWritten: number;
  readonly writableLength: number;
}

/**
 * How far a connection has come. Clients that trickle a head, or read nothing of an answer, hold a connection
 * and memory for nothing; whoever waits for the upstream, or keeps a connection for later, does not.
 */
export function progressOf(
  socket: Traffic,
  { open, begun }: { readonly open: number; readonly begun: number },
  before: Progress | null,
  nowMs: number,
): Progress {
  const received = socket.bytesRead;
  const sent = socket.bytesWritten - socket.writableLength;
  const here = { begun, received, sent, sinceMs: nowMs };
  if (open > 0) {
    if (socket.writableLength === 0) return { ...here, state: "waiting" };
    const stuck = before?.state === "sending" && before.sent === sent;
    return { ...here, state: "sending", sinceMs: stuck ? before.sinceMs : nowMs };
  }
  // Bytes that have not become an exchange are a head in the making, as is all that a new connection sends.
  const alike = before !== null && before.begun === begun;
  const goesOn = alike && before.state === "receiving-head";
  const begins = begun === 0 || (alike && received > before.received);
  if (!goesOn && !begins) return { ...here, state: "waiting" };
  return { ...here, state: "receiving-head", sinceMs: goesOn ? before.sinceMs : nowMs };
}

/**
 * True for a connection that has stood still for too long.
 * @param headMs how long a head may take
 */
export function hasStalled({ state, sinceMs }: Progress, nowMs: number, headMs: number): boolean {
  switch (state) {
    case "waiting":
      return false;
    case "sending":
      return nowMs - sinceMs >= SENDING_STALL_MS;
    case "receiving-head":
      return nowMs - sinceMs >= headMs;
    default:
      return state satisfies never;
  }
}
