import { hash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { EMPTY_LOCK, type LockedServer, type McpLock, parseMcpLock } from "../config/mcp-lock.ts";
import type { Config } from "../config/schema.ts";
import { HaechiError } from "../core/errors.ts";
import { holdPins, type PinnedServer, type ServerPins } from "../mcp/server-pins.ts";
import { ITEM_KINDS } from "../protocols/mcp/item-lists.ts";
import { atomicWrite } from "../providers/storage/atomic-write.ts";

/** What a server is called in the file of pins: its command line may hold credentials. */
export function serverKey(command: string, args: readonly string[]): string {
  return hash("sha256", JSON.stringify([command, ...args]), "hex");
}

/** The same for one on HTTP, by its address without a query and a last slash; a path may hold credentials too. */
export function serverUrlKey({ origin, pathname }: URL): string {
  return hash("sha256", JSON.stringify([origin + pathname.replace(/\/+$/, "")]), "hex");
}

/** @throws HaechiError CONFIG_INVALID */
export function readMcpLock(path: string): McpLock {
  return existsSync(path) ? parseMcpLock(readFileSync(path, "utf8")) : EMPTY_LOCK;
}

export function writeMcpLock(path: string, lock: McpLock): void {
  atomicWrite(path, `${JSON.stringify(lock, null, 2)}\n`);
}

/**
 * The pins that hold for a server that is run by its command line; null where none are asked for.
 * @throws HaechiError CONFIG_INVALID when they are to be enforced and the server has none
 */
export function pinsFor({ mcp }: Config, key: string): ServerPins | null {
  if (mcp.pin === "off") return null;
  const locked = readMcpLock(mcp.pinFile).servers[key];
  if (locked === undefined && mcp.pin === "enforce") {
    throw new HaechiError(
      "CONFIG_INVALID",
      "mcp.pin: the tools of this server are not pinned; look at them and run haechi mcp pin -- with the same command",
    );
  }
  return holdPins(mcp.pin, locked === undefined ? NOTHING_PINNED : pinnedServer(locked));
}

/** Of a server that nobody has looked at: all that it says is new. */
export const NOTHING_PINNED: PinnedServer = {
  lists: { tools: new Map(), prompts: new Map() },
  instructions: null,
};

/** What a file of pins says of a server. */
export function pinnedServer(locked: LockedServer): PinnedServer {
  const lists = ITEM_KINDS.flatMap((kind) => {
    const items = locked[kind];
    return items === undefined ? [] : [[kind, new Map(Object.entries(items))] as const];
  });
  const { instructions } = locked;
  return { lists: Object.fromEntries(lists), ...(instructions === undefined ? {} : { instructions }) };
}
