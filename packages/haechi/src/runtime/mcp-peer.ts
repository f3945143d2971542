/** A server that Haechi itself asks something. */
export interface McpPeer {
  /** @throws HaechiError UPSTREAM_UNREACHABLE, UPSTREAM_UNINSPECTABLE */
  ask(method: string, params: object): Promise<PeerAnswer>;
  tell(method: string): Promise<void>;
  /** The revision that both sides speak from now on. */
  settle(revision: string): void;
  end(): Promise<void>;
}

export interface PeerAnswer {
  /** The message as it came. */
  readonly bytes: Uint8Array;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** A message as it is read here; nothing of it is known. */
export interface PeerMessage extends Omit<PeerAnswer, "bytes"> {
  readonly id?: unknown;
  readonly method?: unknown;
}

/** Null for what is no message, such as a line for a person. */
export function readPeerMessage(text: string): PeerMessage | null {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === "object" && message !== null && !Array.isArray(message) ? message : null;
  } catch {
    return null;
  }
}

/** What a server asks has to be answered for it to go on. */
export function peerReply({ id }: PeerMessage): object {
  return { id, error: { code: -32601, message: "Method not found" } };
}

export const PEER_NAME = { name: "haechi", version: "1" };
