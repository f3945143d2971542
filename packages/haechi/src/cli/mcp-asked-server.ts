import type { Config } from "../config/schema.ts";
import { spawnServer } from "../providers/processes/spawn-server.ts";
import { type Inventory, type ItemKind, takeInventory } from "../runtime/mcp-inventory.ts";
import { serverKey, serverUrlKey } from "../runtime/mcp-pins.ts";
import { stdioPeer } from "../runtime/mcp-stdio-peer.ts";
import { openHttpPeer } from "../runtime/open-http-peer.ts";
import type { ArgumentSpec, Given, OptionSpec } from "./command.ts";
import { usageError } from "./command-error.ts";
import type { CliIo } from "./io.ts";
import { integerOf, textOf, textsOf } from "./options.ts";

export const serverArguments: readonly ArgumentSpec[] = [
  {
    name: "command",
    isOptional: true,
    description: "The program that serves MCP on its standard input and output; left out with --url.",
  },
  { name: "argument", isOptional: true, isVariadic: true, description: "Its arguments, as they are." },
];

/** Which server, and where what is pinned of it stands. */
export const serverOptions: readonly OptionSpec[] = [
  {
    name: "file",
    value: "<file>",
    description: "Where pins are written; mcp.pinFile of the configuration when left out.",
  },
  { name: "url", value: "<address>", description: "The address of a server on HTTP, in place of a command." },
  {
    name: "bearer-env",
    value: "<variable>",
    description: "Variable of the environment that holds a bearer token for a server on HTTP.",
  },
  {
    name: "header-env",
    value: "<name=variable>",
    isRepeatable: true,
    description: "A header for a server on HTTP, and the variable of the environment that holds its value.",
  },
  {
    name: "timeout",
    value: "<seconds>",
    description: "How long the server may take to list what it offers; 60 when left out.",
  },
];

export function pinFileOf(given: Given, { mcp }: Config): string {
  return textOf(given, "file") ?? mcp.pinFile;
}

/** A server that a command line names. */
export interface NamedServer {
  readonly key: string;
  /** Of a server on HTTP; null for a program. */
  readonly origin: string | null;
  /** Asks it what it offers of some kinds. */
  ask(kinds: ReadonlySet<ItemKind>): Promise<Inventory>;
}

export function namedServer(given: Given, config: Config, io: CliIo): NamedServer {
  const [command, ...args] = given.arguments;
  const timeoutMs = (integerOf(given, "timeout", 1, 3_600) ?? 60) * 1000;
  const address = textOf(given, "url");
  if (address !== undefined) {
    if (command !== undefined) throw usageError("a server has a command or --url, not both");
    const url = urlOf(address);
    const headers = headersOf(given, io.environment);
    return {
      key: serverUrlKey(url),
      origin: url.origin,
      ask: async (kinds) => await takeInventory(openHttpPeer(config, { url, headers, timeoutMs }), kinds, timeoutMs),
    };
  }
  if (command === undefined) throw usageError("the command to run is missing, or --url");
  return {
    key: serverKey(command, args),
    origin: null,
    async ask(kinds) {
      const server = await spawnServer({ command, arguments: args, environment: io.environment, stderr: "drop" });
      return await takeInventory(stdioPeer(server), kinds, timeoutMs);
    },
  };
}

/** An address may hold a credential in its query; one before its host would be in the log of every server. */
function urlOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw usageError("--url expects an http or https address");
  if (url.username !== "" || url.password !== "") throw usageError("--url takes no credentials; --bearer-env does");
  return url;
}

function headersOf(given: Given, environment: CliIo["environment"]): readonly string[] {
  const bearer = textOf(given, "bearer-env");
  const headers =
    bearer === undefined ? [] : ["authorization", `Bearer ${variable("bearer-env", bearer, environment)}`];
  for (const text of textsOf(given, "header-env")) {
    const [, name, from] = /^([\w-]{1,64})=(.+)$/.exec(text) ?? [];
    if (name === undefined || from === undefined) throw usageError("--header-env expects <name=variable>");
    headers.push(name.toLowerCase(), variable("header-env", from, environment));
  }
  return headers;
}

/** Its value may be anything that a header can carry. */
function variable(option: string, name: string, environment: CliIo["environment"]): string {
  const value = environment[name];
  if (value === undefined || value === "") throw usageError(`--${option}: the variable ${name} is not set`);
  if (!/^[\x20-\x7e]+$/.test(value)) throw usageError(`--${option}: the variable ${name} holds no value of a header`);
  return value;
}
