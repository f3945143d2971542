import { filterMcp } from "../../runtime/start-mcp.ts";
import type { Command } from "../command.ts";
import { readConfigurationAloud, warningLines } from "../configuration.ts";
import { ensureKeyFile } from "../make-key-file.ts";
import { configOption } from "../options.ts";
import { withRuntime } from "../with-runtime.ts";

export const mcpStdio: Command = {
  arguments: [],
  options: [configOption],
  members: [],
  exitCodes: [],
  examples: [
    {
      line: "haechi mcp-stdio < from-client.jsonl > to-server.jsonl",
      purpose: "Filter what a client says, one message a line. Errors for the client are among what is written.",
    },
  ],
  async run(given, io) {
    const configuration = readConfigurationAloud(given, io);
    for (const line of warningLines(configuration)) io.stderr.write(`haechi: ${line}\n`);
    const { config } = configuration;
    await ensureKeyFile(config, io);
    return await withRuntime(config, io, async (runtime) => {
      await filterMcp(runtime, { input: io.stdin, output: process.stdout, errors: io.stderr });
      return { exitCode: 0, output: null };
    });
  },
};
