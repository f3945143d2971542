import { compareWithPins, type PinDifference, pinnedKinds } from "../../runtime/mcp-differences.ts";
import { readMcpLock } from "../../runtime/mcp-pins.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { namedServer, pinFileOf, serverArguments, serverOptions } from "../mcp-asked-server.ts";
import { configOption, reportOptions } from "../options.ts";
import { reported } from "../result.ts";
import { printable, type View } from "../view.ts";

export const mcpDiff: Command = {
  arguments: serverArguments,
  options: [configOption, ...serverOptions, ...reportOptions],
  members: ["ok", "path", "server", "differences"],
  exitCodes: [6],
  examples: [
    {
      line: "haechi mcp diff -- npx -y @modelcontextprotocol/server-filesystem /srv/notes",
      purpose: "Ask this server again for what is pinned of it, and show what is new, gone or changed.",
    },
    {
      line: "haechi mcp diff --url https://mcp.example.com/mcp --header-env x-api-key=NOTES_KEY",
      purpose: "The same for a server on HTTP, with a key of its own in that variable.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const path = pinFileOf(given, config);
    const { key, ask } = namedServer(given, config, io);
    const pinned = readMcpLock(path).servers[key];
    if (pinned === undefined) throw new CommandError("this server is not pinned: haechi mcp pin", 6);
    const differences = compareWithPins(pinned, await ask(new Set(pinnedKinds(pinned))));
    const ok = differences.length === 0;
    return reported(
      { ok, path, server: key, differences },
      (view) => (ok ? view.paint.good("The server says what was pinned.") : inWords(differences, view)),
      ok ? 0 : 6,
    );
  },
};

function inWords(differences: readonly PinDifference[], { paint, table }: View): string {
  const rows = differences.map(({ kind, name, change, members }) => [
    KINDS[kind],
    name ?? "",
    change,
    members.join(", "),
  ]);
  const texts = differences.flatMap(({ kind, name, texts }) =>
    texts.flatMap(({ member, before, now }) => [
      paint.title(printable(name === null ? KINDS[kind] : `${name}: ${member}`)),
      `- ${printable(before)}`,
      `+ ${printable(now)}`,
    ]),
  );
  return [
    paint.bad("The server does not say what was pinned."),
    table(["kind", "name", "change", "members"], rows),
    ...texts,
  ].join("\n");
}

const KINDS: Readonly<Record<PinDifference["kind"], string>> = {
  tools: "tool",
  prompts: "prompt",
  resources: "resource",
  resourceTemplates: "resource template",
  instructions: "instructions",
};
