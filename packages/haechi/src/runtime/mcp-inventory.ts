import { tokenize } from "../core/document/tokenize.ts";
import { HaechiError } from "../core/errors.ts";
import { saidInstructions } from "../protocols/mcp/instructions.ts";
import { type ItemDigests, itemDigests } from "../protocols/mcp/item-digests.ts";
import { ITEM_LISTS, type ItemKind, listedItems } from "../protocols/mcp/item-lists.ts";
import { type McpPeer, PEER_NAME, type PeerAnswer } from "./mcp-peer.ts";

export type { ItemKind };

/** What a server offers, and says of itself. */
export interface Inventory {
  /** By kind; one that was not asked for is absent. */
  readonly lists: Readonly<Partial<Record<ItemKind, readonly InventoriedItem[]>>>;
  /** Null where it has none. */
  readonly instructions: { readonly digest: string; readonly text: string } | null;
}

/** A tool, a prompt or a resource as a server lists it. */
export interface InventoriedItem {
  readonly name: string;
  readonly digests: ItemDigests;
  /** What the server says of it. */
  readonly text: unknown;
}

/**
 * Asks a server what it offers, as a client of the revision that it speaks would. A list that it does not have is empty.
 * @throws HaechiError UPSTREAM_UNREACHABLE, UPSTREAM_TIMEOUT, UPSTREAM_UNINSPECTABLE
 */
export async function takeInventory(
  peer: McpPeer,
  kinds: ReadonlySet<ItemKind>,
  timeoutMs: number,
): Promise<Inventory> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const late = () => reject(new HaechiError("UPSTREAM_TIMEOUT", "The server did not list its tools in time"));
    timer = setTimeout(late, timeoutMs);
  });
  try {
    return await Promise.race([askForAll(peer, kinds), timeout]);
  } finally {
    clearTimeout(timer);
    await peer.end();
  }
}

async function askForAll(peer: McpPeer, kinds: ReadonlySet<ItemKind>): Promise<Inventory> {
  const { greeting, meta } = await greet(peer);
  const { capabilities } = greeting === null ? {} : memberOf(greeting.result);
  const lists: Partial<Record<ItemKind, readonly InventoriedItem[]>> = {};
  for (const kind of kinds) lists[kind] = await askForList(peer, kind, meta, offers(capabilities, kind));
  return { lists, instructions: greeting === null ? null : instructionsOf(greeting) };
}

/** The answer with which a session begins, and what every request says from then on. */
async function greet(peer: McpPeer): Promise<{ readonly greeting: PeerAnswer | null; readonly meta: object }> {
  const params = { protocolVersion: LEGACY, capabilities: {}, clientInfo: PEER_NAME };
  const greeting = await peer.ask("initialize", params);
  if (greeting.error === undefined) {
    const { protocolVersion } = memberOf(greeting.result);
    peer.settle(typeof protocolVersion === "string" ? protocolVersion : LEGACY);
    await peer.tell("notifications/initialized");
    return { greeting, meta: {} };
  }
  // Revision 2026-07-28 has no handshake.
  peer.settle(MODERN);
  const meta = { _meta: MODERN_META };
  const discovered = await peer.ask("server/discover", meta);
  return { greeting: discovered.error === undefined ? discovered : null, meta };
}

/** Whether a server says that it has lists of a kind; undefined where it says nothing. */
function offers(capabilities: unknown, kind: ItemKind): boolean | undefined {
  if (typeof capabilities !== "object" || capabilities === null) return undefined;
  return Object.hasOwn(capabilities, kind === "resourceTemplates" ? "resources" : kind);
}

async function askForList(
  peer: McpPeer,
  kind: ItemKind,
  meta: object,
  isOffered: boolean | undefined,
): Promise<readonly InventoriedItem[]> {
  if (isOffered === false) return [];
  const items = new Map<string, InventoriedItem>();
  let cursor: unknown;
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer = await peer.ask(ITEM_LISTS[kind].method, { ...meta, ...(cursor === undefined ? {} : { cursor }) });
    if (answer.result === undefined) {
      // A server without the method has no such list, but one that offers tools is asked for them.
      if (page === 0 && isNotFound(answer.error) && (kind !== "tools" || isOffered !== true)) return [];
      throw uninspectable(`The server does not list its ${WORDS[kind]}`);
    }
    for (const item of itemsOf(answer.bytes, kind)) {
      if (items.has(item.name)) throw uninspectable(`The server lists one of its ${WORDS[kind]} twice`);
      items.set(item.name, item);
    }
    cursor = memberOf(answer.result).nextCursor;
    if (cursor === undefined || cursor === null) return [...items.values()];
  }
  throw uninspectable("The server does not come to the end of its list");
}

function isNotFound(error: unknown): boolean {
  return memberOf(error).code === -32601;
}

function itemsOf(bytes: Uint8Array, kind: ItemKind): readonly InventoriedItem[] {
  const list = listedItems(tokenize(bytes, { depthMax: DEPTH_MAX }), kind);
  if (list === "unclear" || list === null) throw uninspectable(`The list of ${WORDS[kind]} cannot be read`);
  return list.items.map(({ name, range }) => {
    const element = bytes.subarray(range.start, range.end);
    const digests = itemDigests(element, kind);
    if (name === null || digests === null)
      throw uninspectable(`Parsers could read one of the ${WORDS[kind]} differently`);
    // The file of pins cannot have a member of this name, and what is not in it is held back.
    if (name === "__proto__") throw uninspectable(`One of the ${WORDS[kind]} has a name that cannot be pinned`);
    return { name, digests, text: JSON.parse(fromUtf8.decode(element)) };
  });
}

function instructionsOf({ bytes, result }: PeerAnswer): Inventory["instructions"] {
  const said = saidInstructions(tokenize(bytes, { depthMax: DEPTH_MAX }));
  if (said === null) return null;
  if (said.digest === null) throw uninspectable("Parsers could read the instructions differently");
  return { digest: said.digest, text: String(memberOf(result).instructions) };
}

/** Those members that are asked for, of what may be anything. */
function memberOf(value: unknown): Readonly<Partial<Record<AskedMember, unknown>>> {
  return typeof value === "object" && value !== null ? value : {};
}

type AskedMember = "capabilities" | "protocolVersion" | "nextCursor" | "code" | "instructions";

function uninspectable(message: string): HaechiError {
  return new HaechiError("UPSTREAM_UNINSPECTABLE", message);
}

/** What items of a kind are called where one reads of them. */
const WORDS: Readonly<Record<ItemKind, string>> = {
  tools: "tools",
  prompts: "prompts",
  resources: "resources",
  resourceTemplates: "resource templates",
};

const LEGACY = "2025-11-25";
const MODERN = "2026-07-28";
const MODERN_META = {
  "io.modelcontextprotocol/protocolVersion": MODERN,
  "io.modelcontextprotocol/clientInfo": PEER_NAME,
  "io.modelcontextprotocol/clientCapabilities": {},
};
const PAGES_MAX = 1_000;
const DEPTH_MAX = 64;
const fromUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });
