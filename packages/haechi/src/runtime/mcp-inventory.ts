import { createInterface } from "node:readline";
import { tokenize } from "../core/document/tokenize.ts";
import { HaechiError } from "../core/errors.ts";
import type { ServerProcess } from "../ports/server-process.ts";
import { type ToolDigests, toolDigests } from "../protocols/mcp/tool-digests.ts";
import { listedTools } from "../protocols/mcp/tool-messages.ts";

/** A tool as a server lists it. */
export interface InventoriedTool {
  readonly name: string;
  readonly digests: ToolDigests;
  /** What the server says of it. */
  readonly text: unknown;
}

/**
 * Asks a server for its tools, as a client of the revision that it speaks would.
 * @throws HaechiError UPSTREAM_UNREACHABLE, UPSTREAM_TIMEOUT, UPSTREAM_UNINSPECTABLE
 */
export async function inventoryTools(server: ServerProcess, timeoutMs: number): Promise<readonly InventoriedTool[]> {
  const peer = createPeer(server);
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const late = () => reject(new HaechiError("UPSTREAM_TIMEOUT", "The server did not list its tools in time"));
    timer = setTimeout(late, timeoutMs);
  });
  try {
    return await Promise.race([askForTools(peer), timeout]);
  } finally {
    clearTimeout(timer);
    peer.end();
  }
}

async function askForTools(peer: Peer): Promise<readonly InventoriedTool[]> {
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: CLIENT };
  const { error } = await peer.ask("initialize", params);
  // Revision 2026-07-28 has no handshake.
  const meta = error === undefined ? {} : { _meta: MODERN };
  if (error === undefined) peer.tell("notifications/initialized");
  const tools = new Map<string, InventoriedTool>();
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer = await peer.ask("tools/list", { ...meta, ...(cursor === undefined ? {} : { cursor }) });
    if (answer.result === undefined) throw uninspectable("The server does not list its tools");
    for (const tool of toolsOf(answer.bytes)) {
      if (tools.has(tool.name)) throw uninspectable("The server lists a tool twice");
      tools.set(tool.name, tool);
    }
    cursor = answer.result.nextCursor;
    if (cursor === undefined) return [...tools.values()];
  }
  throw uninspectable("The server does not come to the end of its list");
}

function toolsOf(bytes: Uint8Array): readonly InventoriedTool[] {
  const list = listedTools(tokenize(bytes, { depthMax: DEPTH_MAX }));
  if (list === "unclear" || list === null) throw uninspectable("The list of tools cannot be read");
  return list.tools.map(({ name, range }) => {
    const element = bytes.subarray(range.start, range.end);
    const digests = toolDigests(element);
    if (name === null || digests === null) throw uninspectable("Parsers could read a tool differently");
    return { name, digests, text: JSON.parse(fromUtf8.decode(element)) };
  });
}

function uninspectable(message: string): HaechiError {
  return new HaechiError("UPSTREAM_UNINSPECTABLE", message);
}

interface Answer {
  readonly bytes: Uint8Array;
  readonly result?: { readonly nextCursor?: string };
  readonly error?: unknown;
}

interface Peer {
  ask(method: string, params: unknown): Promise<Answer>;
  tell(method: string): void;
  end(): void;
}

function createPeer(server: ServerProcess): Peer {
  let nextId = 1;
  const waiting = new Map<number, (answer: Answer) => void>();
  const failed = server.exited.then(() => {
    throw new HaechiError("UPSTREAM_UNREACHABLE", "The server ended before it listed its tools");
  });
  failed.catch(() => undefined);
  const write = (message: object) => void server.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  server.stdin.on("error", () => undefined);
  const lines = createInterface({ input: server.stdout });
  lines.on("line", (line) => {
    const message = readMessage(line);
    if (message === null) return;
    const { id, method } = message;
    // What a server asks has to be answered for it to go on.
    if (method !== undefined && id !== undefined) write({ id, error: { code: -32601, message: "Method not found" } });
    if (method !== undefined || typeof id !== "number") return;
    waiting.get(id)?.({ ...message, bytes: toUtf8.encode(line) });
    waiting.delete(id);
  });
  return {
    ask(method, params) {
      const id = nextId++;
      const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
      write({ id, method, params });
      return Promise.race([answered, failed]);
    },
    tell: (method) => write({ method }),
    end() {
      lines.close();
      server.stdin.end();
      server.kill("SIGTERM");
    },
  };
}

type Message = Omit<Answer, "bytes"> & { readonly id?: unknown; readonly method?: unknown };

/** Null for a line that is no message, such as one for a person. */
function readMessage(line: string): Message | null {
  try {
    const message: unknown = JSON.parse(line);
    return typeof message === "object" && message !== null ? (message as Message) : null;
  } catch {
    return null;
  }
}

const CLIENT = { name: "haechi", version: "1" };
const MODERN = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": CLIENT,
  "io.modelcontextprotocol/clientCapabilities": {},
};
const PAGES_MAX = 1_000;
const DEPTH_MAX = 64;
const toUtf8 = new TextEncoder();
const fromUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });
