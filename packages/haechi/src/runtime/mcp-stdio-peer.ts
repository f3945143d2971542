import { createInterface } from "node:readline";
import { HaechiError } from "../core/errors.ts";
import type { ServerProcess } from "../ports/server-process.ts";
import { type McpPeer, type PeerAnswer, peerReply, readPeerMessage } from "./mcp-peer.ts";

/** A server that is asked on its standard input and output. */
export function stdioPeer(server: ServerProcess): McpPeer {
  let nextId = 1;
  const waiting = new Map<number, (answer: PeerAnswer) => void>();
  const failed = server.exited.then(() => {
    throw new HaechiError("UPSTREAM_UNREACHABLE", "The server ended before it listed its tools");
  });
  failed.catch(() => undefined);
  const write = (message: object) => void server.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  server.stdin.on("error", () => undefined);
  const lines = createInterface({ input: server.stdout });
  lines.on("line", (line) => {
    const message = readPeerMessage(line);
    if (message === null) return;
    const { id, method } = message;
    if (method !== undefined && id !== undefined) write(peerReply(message));
    if (method !== undefined || typeof id !== "number") return;
    waiting.get(id)?.({ ...message, bytes: toUtf8.encode(line) });
    waiting.delete(id);
  });
  return {
    ask(method, params) {
      const id = nextId++;
      const answered = new Promise<PeerAnswer>((resolve) => waiting.set(id, resolve));
      write({ id, method, params });
      return Promise.race([answered, failed]);
    },
    tell: async (method) => write({ method }),
    settle: () => undefined,
    async end() {
      lines.close();
      server.stdin.end();
      server.kill("SIGTERM");
    },
  };
}

const toUtf8 = new TextEncoder();
