import type { Config } from "../config/schema.ts";
import { spawnServer } from "../providers/processes/spawn-server.ts";
import { type InventoriedTool, inventoryTools } from "../runtime/mcp-inventory.ts";
import { serverKey } from "../runtime/mcp-pins.ts";
import type { ArgumentSpec, Given, OptionSpec } from "./command.ts";
import { usageError } from "./command-error.ts";
import type { CliIo } from "./io.ts";
import { integerOf, textOf } from "./options.ts";

export const serverArguments: readonly ArgumentSpec[] = [
  { name: "command", description: "The program that serves MCP on its standard input and output." },
  { name: "argument", isOptional: true, isVariadic: true, description: "Its arguments, as they are." },
];

export const timeoutOption: OptionSpec = {
  name: "timeout",
  value: "<seconds>",
  description: "How long the server may take to list its tools; 60 when left out.",
};

export const pinFileOption: OptionSpec = {
  name: "file",
  value: "<file>",
  description: "Where pinned tools are written; mcp.pinFile of the configuration when left out.",
};

export function pinFileOf(given: Given, { mcp }: Config): string {
  return textOf(given, "file") ?? mcp.pinFile;
}

/** A server that a command line names, asked for its tools. */
export interface AskedServer {
  readonly key: string;
  readonly tools: readonly InventoriedTool[];
}

export async function askServer(given: Given, io: CliIo): Promise<AskedServer> {
  const [command, ...args] = given.arguments;
  if (command === undefined) throw usageError("the command to run is missing");
  const timeoutS = integerOf(given, "timeout", 1, 3_600) ?? 60;
  const server = await spawnServer({ command, arguments: args, environment: io.environment, stderr: "drop" });
  const tools = await inventoryTools(server, timeoutS * 1000);
  return { key: serverKey(command, args), tools };
}
