import { compareTools, type ToolDifference } from "../../runtime/mcp-differences.ts";
import { readMcpLock } from "../../runtime/mcp-pins.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { askServer, pinFileOf, pinFileOption, serverArguments, timeoutOption } from "../mcp-server-tools.ts";
import { configOption, reportOptions } from "../options.ts";
import { reported } from "../result.ts";
import { printable, type View } from "../view.ts";

export const mcpDiff: Command = {
  arguments: serverArguments,
  options: [configOption, pinFileOption, timeoutOption, ...reportOptions],
  members: ["ok", "path", "server", "differences"],
  exitCodes: [6],
  examples: [
    {
      line: "haechi mcp diff -- npx -y @modelcontextprotocol/server-filesystem /srv/notes",
      purpose: "Ask this server for its tools again, and show which are new, gone or changed.",
    },
  ],
  async run(given, io) {
    const path = pinFileOf(given, readConfigurationAloud(given, io).config);
    const lock = readMcpLock(path);
    const { key, tools } = await askServer(given, io);
    const pinned = lock.servers[key];
    if (pinned === undefined) throw new CommandError("the tools of this server are not pinned: haechi mcp pin", 6);
    const differences = compareTools(pinned, tools);
    const ok = differences.length === 0;
    return reported(
      { ok, path, server: key, differences },
      (view) => (ok ? view.paint.good("The tools are those that were pinned.") : inWords(differences, view)),
      ok ? 0 : 6,
    );
  },
};

function inWords(differences: readonly ToolDifference[], { paint, table }: View): string {
  const rows = differences.map(({ tool, change, members }) => [tool, change, members.join(", ")]);
  const texts = differences.flatMap(({ tool, texts }) =>
    texts.flatMap(({ member, before, now }) => [
      paint.title(printable(`${tool}: ${member}`)),
      `- ${printable(before)}`,
      `+ ${printable(now)}`,
    ]),
  );
  return [
    paint.bad("The tools are not those that were pinned."),
    table(["tool", "change", "members"], rows),
    ...texts,
  ].join("\n");
}
