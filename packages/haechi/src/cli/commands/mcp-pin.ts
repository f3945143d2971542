import { readMcpLock, writeMcpLock } from "../../runtime/mcp-pins.ts";
import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { askServer, pinFileOf, pinFileOption, serverArguments, timeoutOption } from "../mcp-server-tools.ts";
import { configOption, isGiven, reportOptions, textOf } from "../options.ts";
import { reported } from "../result.ts";

export const mcpPin: Command = {
  arguments: serverArguments,
  options: [
    configOption,
    pinFileOption,
    { name: "label", value: "<name>", description: "What to call the server in the file." },
    {
      name: "with-text",
      description: "Keep what the server says of its tools too, so that haechi mcp diff can show it.",
    },
    timeoutOption,
    ...reportOptions,
  ],
  members: ["path", "server", "tools"],
  exitCodes: [],
  examples: [
    {
      line: "haechi mcp pin -- npx -y @modelcontextprotocol/server-filesystem /srv/notes",
      purpose:
        "Ask this server for its tools, and write down hashes of what it says. With mcp.pin, a change is held back.",
    },
  ],
  async run(given, io) {
    const path = pinFileOf(given, readConfigurationAloud(given, io).config);
    // A file that cannot be read is told before a program is run.
    readMcpLock(path);
    const { key, tools } = await askServer(given, io);
    const lock = readMcpLock(path);
    const label = textOf(given, "label")?.slice(0, 128) ?? lock.servers[key]?.label;
    const pinned = {
      ...(label === undefined ? {} : { label }),
      pinnedAt: new Date().toISOString(),
      tools: Object.fromEntries(tools.map(({ name, digests }) => [name, { ...digests }])),
      ...(isGiven(given, "with-text")
        ? { texts: Object.fromEntries(tools.map(({ name, text }) => [name, text])) }
        : {}),
    };
    writeMcpLock(path, { ...lock, servers: { ...lock.servers, [key]: pinned } });
    const names = tools.map(({ name }) => name);
    return reported({ path, server: key, tools: names }, ({ paint, facts }) =>
      [
        paint.good(`${names.length} tools are pinned.`),
        facts([
          ["file", path],
          ["server", key],
          ["tools", names.join(", ")],
        ]),
      ].join("\n"),
    );
  },
};
