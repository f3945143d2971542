import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import type { ConfigInput } from "../../src/config/schema.ts";
import { tempFolder } from "./temp-folder.ts";

/** A command line that runs a server of MCP, as a client's configuration has it. */
export interface ServerCommand {
  readonly command: string;
  readonly args: string[];
  readonly cwd: string;
}

const cli = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));

/** The reference server that exercises every feature of the protocol. */
export const EVERYTHING: readonly string[] = [
  fileURLToPath(import.meta.resolve("@modelcontextprotocol/server-everything/dist/index.js")),
  "stdio",
];

/** A server of this folder of tests, by the name of its file. */
export function testServer(name: string, ...args: string[]): readonly string[] {
  return [fileURLToPath(new URL(`../mcp/servers/${name}.ts`, import.meta.url)), ...args];
}

/** The server as it is, and the same through `haechi mcp-wrap`, with a folder and a configuration of its own. */
export async function serverCommands(
  test: Pick<TestContext, "after">,
  server: readonly string[],
  config: ConfigInput = {},
  ...options: string[]
): Promise<{ readonly direct: ServerCommand; readonly wrapped: ServerCommand; readonly auditPath: string }> {
  const cwd = await tempFolder(test);
  await writeFile(join(cwd, "haechi.config.json"), JSON.stringify({ configVersion: 1, mode: "enforce", ...config }));
  const command = process.execPath;
  return {
    direct: { command, args: [...server], cwd },
    wrapped: { command, args: [cli, "mcp-wrap", ...options, "--", command, ...server], cwd },
    auditPath: join(cwd, ".haechi/audit.jsonl"),
  };
}
