import { isHaechiError } from "../../core/errors.ts";
import { spawnServer } from "../../providers/processes/spawn-server.ts";
import type { Runtime } from "../../runtime/create-runtime.ts";
import { type Canary, echoServer, makeCanaries, sendCanaries } from "../../runtime/mcp-canary.ts";
import { pinsFor, serverKey } from "../../runtime/mcp-pins.ts";
import type { Command, Given } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import type { CliIo } from "../io.ts";
import { ensureKeyFile } from "../make-key-file.ts";
import { type Check, checkRuntime, passageChecks } from "../mcp-checks.ts";
import { configOption, integerOf, reportOptions, textOf } from "../options.ts";
import { reported } from "../result.ts";
import { withRuntime } from "../with-runtime.ts";

export const mcpDoctor: Command = {
  arguments: [
    { name: "command", isOptional: true, description: "A server to try as well; it gets requests that do nothing." },
    { name: "argument", isOptional: true, isVariadic: true, description: "Its arguments, as they are." },
  ],
  options: [
    configOption,
    { name: "profile", value: "<name>", description: "Policy profile that holds for the client." },
    { name: "timeout", value: "<seconds>", description: "How long a server may take to answer; 60 when left out." },
    ...reportOptions,
  ],
  members: ["ok", "checks"],
  exitCodes: [],
  examples: [
    {
      line: "haechi mcp doctor",
      purpose:
        "Send made-up values through Haechi in both directions, and see that they do not arrive. They are in the audit log then.",
    },
    {
      line: "haechi mcp doctor -- npx -y @modelcontextprotocol/server-filesystem /srv/notes",
      purpose: "The same with this server, in the direction to it.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    await ensureKeyFile(config, io);
    const checks = await withRuntime(config, io, async (runtime) => {
      const canaries = makeCanaries(runtime.random);
      const echo = echoServer(process.execPath, canaries);
      return [
        ...(await passChecks("built-in server", echo, canaries, runtime, { given, io })),
        ...(await commandChecks(canaries, runtime, { given, io })),
        ...(await checkRuntime(runtime)),
      ];
    });
    const ok = checks.every(({ state }) => state !== "failed");
    return reported(
      { ok, checks },
      ({ paint, table }) => {
        const rows = checks.map(({ name, state, detail }) => [name, state, detail]);
        return [
          table(["check", "state", "detail"], rows),
          ok ? paint.good("The wrap protects.") : paint.bad("The wrap does not protect as it should."),
        ].join("\n");
      },
      ok ? 0 : 1,
    );
  },
};

interface Call {
  readonly given: Given;
  readonly io: CliIo;
}

async function commandChecks(canaries: readonly Canary[], runtime: Runtime, call: Call): Promise<readonly Check[]> {
  const [command, ...args] = call.given.arguments;
  if (command === undefined) return [];
  const passed = await passChecks("the server", [command, ...args], canaries, runtime, call);
  return [...passed, pinCheck(runtime, serverKey(command, args))];
}

async function passChecks(
  name: string,
  [command, ...args]: readonly [string, ...string[]],
  canaries: readonly Canary[],
  runtime: Runtime,
  { given, io }: Call,
): Promise<readonly Check[]> {
  const timeoutMs = (integerOf(given, "timeout", 1, 3_600) ?? 60) * 1000;
  try {
    const server = await spawnServer({ command, arguments: args, environment: io.environment, stderr: "drop" });
    const profile = textOf(given, "profile") ?? null;
    return passageChecks(name, await sendCanaries(runtime, server, canaries, { profile, timeoutMs }));
  } catch (error) {
    if (!isHaechiError(error)) throw error;
    return [{ name, state: "failed", detail: error.message }];
  }
}

function pinCheck({ config }: Runtime, key: string): Check {
  try {
    const pins = pinsFor(config, key);
    const detail = pins === null ? "mcp.pin is off" : `${pins.lists.tools?.size ?? 0} tools are pinned, ${pins.mode}`;
    return { name: "pins", state: "ok", detail };
  } catch (error) {
    if (!isHaechiError(error)) throw error;
    return { name: "pins", state: "failed", detail: error.message };
  }
}
