import { hash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { EMPTY_LOCK, type McpLock, parseMcpLock } from "../config/mcp-lock.ts";
import type { Config } from "../config/schema.ts";
import { HaechiError } from "../core/errors.ts";
import type { ToolPins } from "../mcp/tool-pins.ts";
import { atomicWrite } from "../providers/storage/atomic-write.ts";

/** What a server is called in the file of pins: its command line may hold credentials. */
export function serverKey(command: string, args: readonly string[]): string {
  return hash("sha256", JSON.stringify([command, ...args]), "hex");
}

/** @throws HaechiError CONFIG_INVALID */
export function readMcpLock(path: string): McpLock {
  return existsSync(path) ? parseMcpLock(readFileSync(path, "utf8")) : EMPTY_LOCK;
}

export function writeMcpLock(path: string, lock: McpLock): void {
  atomicWrite(path, `${JSON.stringify(lock, null, 2)}\n`);
}

/**
 * The pins that hold for a server; null where none are asked for.
 * @throws HaechiError CONFIG_INVALID when they are to be enforced and the server has none
 */
export function pinsFor({ mcp }: Config, key: string): ToolPins | null {
  if (mcp.pin === "off") return null;
  const pinned = readMcpLock(mcp.pinFile).servers[key];
  if (pinned === undefined && mcp.pin === "enforce") {
    throw new HaechiError(
      "CONFIG_INVALID",
      "mcp.pin: the tools of this server are not pinned; look at them and run haechi mcp pin -- with the same command",
    );
  }
  return { mode: mcp.pin, tools: new Map(Object.entries(pinned?.tools ?? {})) };
}
