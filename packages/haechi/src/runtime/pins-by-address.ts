import { statSync } from "node:fs";
import type { LockedServer, McpLock } from "../config/mcp-lock.ts";
import type { Config } from "../config/schema.ts";
import { configuredUpstreams } from "../config/upstreams.ts";
import { HaechiError, isHaechiError } from "../core/errors.ts";
import type { McpRules } from "../gateway/mcp/mcp-rules.ts";
import { holdPins, type ServerPins } from "../mcp/server-pins.ts";
import type { Logger } from "../ports/logger.ts";
import { NOTHING_PINNED, pinnedServer, readMcpLock, serverUrlKey } from "./mcp-pins.ts";

/**
 * The pins that hold for servers on HTTP, by the address that a client asks. A file that is written anew holds from the next
 * exchange on; one that cannot be read then is told, and the pins before it stay.
 * @throws HaechiError CONFIG_INVALID when they are to be enforced and an upstream has none
 */
export function pinsByAddress(config: Config, logger: Logger): McpRules["pinsAt"] {
  const { pin: mode, pinFile } = config.mcp;
  if (mode === "off") return () => null;
  let stamp = stampOf(pinFile);
  const lock = readMcpLock(pinFile);
  if (mode === "enforce") demandPins(config, lock);
  let pins = holdAll(lock, mode, new Map());
  const bases = new Map(
    configuredUpstreams(config).map(({ name, baseUrl }) => [name, baseUrl.href.replace(/\/+$/, "")]),
  );
  // What was never looked at is held against nothing at all.
  const others = holdPins(mode, NOTHING_PINNED);

  const readAgain = () => {
    const now = stampOf(pinFile);
    if (now === stamp) return;
    stamp = now;
    try {
      pins = holdAll(readMcpLock(pinFile), mode, pins);
      logger.info("mcp_pins_taken_up", { servers: pins.size });
    } catch (error) {
      logger.warn("mcp_pins_unusable", { code: isHaechiError(error) ? error.code : null });
    }
  };
  return (upstream, path) => {
    readAgain();
    const address = `${bases.get(upstream) ?? ""}${path}`;
    return (URL.canParse(address) ? pins.get(serverUrlKey(new URL(address)))?.pins : undefined) ?? others;
  };
}

function demandPins(config: Config, { servers }: McpLock): void {
  const origins = new Set(Object.values(servers).map(({ origin }) => origin));
  const unpinned = configuredUpstreams(config).find(({ baseUrl }) => !origins.has(baseUrl.origin));
  if (unpinned === undefined) return;
  const todo = "look at its tools and run haechi mcp pin --url with the address that clients ask of it";
  throw new HaechiError("CONFIG_INVALID", `mcp.pin: no server of ${unpinned.path} is pinned; ${todo}`);
}

interface HeldServer {
  readonly written: string;
  readonly pins: ServerPins;
}

/** What lists have shown of a server stays known where its pins are as they were. */
function holdAll(
  { servers }: McpLock,
  mode: ServerPins["mode"],
  before: ReadonlyMap<string, HeldServer>,
): ReadonlyMap<string, HeldServer> {
  return new Map(
    Object.entries(servers).map(([key, server]: [string, LockedServer]) => {
      const written = JSON.stringify(server);
      const known = before.get(key);
      return [key, known?.written === written ? known : { written, pins: holdPins(mode, pinnedServer(server)) }];
    }),
  );
}

function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? "absent" : `${found.ino}:${found.mtimeMs}:${found.size}`;
}
