import type { constants } from "node:os";
import type { ServerProcess } from "../../ports/server-process.ts";
import { spawnServer } from "../../providers/processes/spawn-server.ts";
import { pinsFor, serverKey } from "../../runtime/mcp-pins.ts";
import { wrapMcpServer } from "../../runtime/start-mcp.ts";
import type { Command, Given } from "../command.ts";
import { usageError } from "../command-error.ts";
import { readConfigurationAloud, warningLines } from "../configuration.ts";
import { ensureKeyFile } from "../make-key-file.ts";
import { configOption, textOf } from "../options.ts";
import { withRuntime } from "../with-runtime.ts";

const STDERR_WAYS = ["filter", "drop", "inherit"] as const;
type StderrWay = (typeof STDERR_WAYS)[number];

export const mcpWrap: Command = {
  arguments: [
    { name: "command", description: "The program that serves MCP on its standard input and output." },
    { name: "argument", isOptional: true, isVariadic: true, description: "Its arguments, as they are." },
  ],
  options: [
    configOption,
    {
      name: "profile",
      value: "<name>",
      description: "Policy profile that holds for the client; the base policy when left out.",
    },
    {
      name: "stderr",
      value: "<way>",
      choices: STDERR_WAYS,
      description: "What becomes of the server's standard error: filtered like everything else, dropped, or inherited.",
    },
  ],
  members: [],
  exitCodes: [],
  examples: [
    {
      line: "haechi mcp-wrap -- npx -y @modelcontextprotocol/server-filesystem /srv/notes",
      purpose: "Stand between an MCP client and this server. The exit code is that of the server, or 1 after a signal.",
    },
  ],
  async run(given, io) {
    const [command, ...args] = given.arguments;
    if (command === undefined) throw usageError("the command to run is missing");
    const configuration = readConfigurationAloud(given, io);
    for (const line of warningLines(configuration)) io.stderr.write(`haechi: ${line}\n`);
    const { config } = configuration;
    const pins = pinsFor(config, serverKey(command, args));
    await ensureKeyFile(config, io);
    return await withRuntime(config, io, async (runtime) => {
      const server = await spawnServer({
        command,
        arguments: args,
        environment: io.environment,
        stderr: SPAWNED_STDERR[stderrWay(given)],
      });
      const release = passSignals(server);
      try {
        const pipes = { input: io.stdin, output: process.stdout, errors: io.stderr };
        const exit = await wrapMcpServer(runtime, server, pipes, { profile: textOf(given, "profile") ?? null, pins });
        return { exitCode: exit.kind === "code" ? exit.code : 1, output: null };
      } finally {
        release();
        server.kill("SIGKILL");
      }
    });
  },
};

const SPAWNED_STDERR = { filter: "read", drop: "drop", inherit: "inherit" } as const;

function stderrWay(given: Given): StderrWay {
  const named = textOf(given, "stderr");
  return STDERR_WAYS.find((way) => way === named) ?? "filter";
}

/** The server ends as it is told, and so do we; told twice, it is ended. */
function passSignals(server: ServerProcess): () => void {
  let isTold = false;
  const pass = (signal: NodeJS.Signals) => {
    server.kill(isTold ? "SIGKILL" : signal);
    isTold = true;
  };
  for (const signal of PASSED_SIGNALS) process.on(signal, pass);
  return () => {
    for (const signal of PASSED_SIGNALS) process.off(signal, pass);
  };
}

const PASSED_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const satisfies readonly (keyof typeof constants.signals)[];
