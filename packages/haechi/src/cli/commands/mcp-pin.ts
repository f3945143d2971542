import type { LockedServer } from "../../config/mcp-lock.ts";
import type { InventoriedItem, Inventory, ItemKind } from "../../runtime/mcp-inventory.ts";
import { readMcpLock, writeMcpLock } from "../../runtime/mcp-pins.ts";
import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { namedServer, pinFileOf, serverArguments, serverOptions } from "../mcp-asked-server.ts";
import { configOption, isGiven, reportOptions, textOf } from "../options.ts";
import { reported } from "../result.ts";
import { printable } from "../view.ts";

export const mcpPin: Command = {
  arguments: serverArguments,
  options: [
    configOption,
    ...serverOptions,
    { name: "label", value: "<name>", description: "What to call the server in the file." },
    {
      name: "with-resources",
      description: "Pin its resources and resource templates too, by their addresses, which are then in the file.",
    },
    {
      name: "with-text",
      description: "Keep what the server says too, so that haechi mcp diff can show it.",
    },
    ...reportOptions,
  ],
  members: ["path", "server", "tools", "prompts", "resources", "resourceTemplates", "instructions"],
  exitCodes: [],
  examples: [
    {
      line: "haechi mcp pin -- npx -y @modelcontextprotocol/server-filesystem /srv/notes",
      purpose:
        "Ask this server for its tools, prompts and instructions, and write down hashes of what it says. With mcp.pin, a change is held back.",
    },
    {
      line: "haechi mcp pin --url https://mcp.example.com/mcp --bearer-env NOTES_TOKEN",
      purpose: "The same for a server on HTTP, with the token in that variable.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const path = pinFileOf(given, config);
    const { key, origin, ask } = namedServer(given, config, io);
    // A file that cannot be read is told before a program is run.
    readMcpLock(path);
    const inventory = await ask(new Set(isGiven(given, "with-resources") ? ALL_KINDS : USUAL_KINDS));
    const lock = readMcpLock(path);
    const label = textOf(given, "label")?.slice(0, 128) ?? lock.servers[key]?.label;
    const locked: LockedServer = {
      ...(label === undefined ? {} : { label }),
      ...(origin === null ? {} : { origin }),
      pinnedAt: new Date().toISOString(),
      ...lockedItems(inventory),
      ...(isGiven(given, "with-text") ? { texts: keptTexts(inventory) } : {}),
    };
    writeMcpLock(path, { ...lock, servers: { ...lock.servers, [key]: locked } });
    const { lists, instructions } = inventory;
    const names = (kind: ItemKind) => lists[kind]?.map(({ name }) => name) ?? null;
    const members = {
      path,
      server: key,
      tools: names("tools") ?? [],
      prompts: names("prompts") ?? [],
      resources: names("resources"),
      resourceTemplates: names("resourceTemplates"),
      instructions: instructions !== null,
    };
    return reported(members, ({ paint, facts }) => {
      const listed = (items: readonly string[] | null) => (items === null ? "not pinned" : printable(items.join(", ")));
      return [
        paint.good(`${members.tools.length} tools are pinned.`),
        facts([
          ["file", path],
          ["server", key],
          ["tools", listed(members.tools)],
          ["prompts", listed(members.prompts)],
          ["resources", listed(members.resources)],
          ["resource templates", listed(members.resourceTemplates)],
          ["instructions", members.instructions ? "pinned" : "there are none, which is pinned"],
        ]),
      ].join("\n");
    });
  },
};

/** What a server lists as resources changes with its content, by the hour. */
const USUAL_KINDS: readonly ItemKind[] = ["tools", "prompts"];
const ALL_KINDS: readonly ItemKind[] = [...USUAL_KINDS, "resources", "resourceTemplates"];

function lockedItems({ lists, instructions }: Inventory): Pick<LockedServer, "tools" | "instructions"> {
  const digestsOf = (items: readonly InventoriedItem[]) =>
    Object.fromEntries(items.map(({ name, digests }) => [name, { ...digests }]));
  const { tools = [], ...others } = lists;
  return {
    tools: digestsOf(tools),
    ...Object.fromEntries(Object.entries(others).map(([kind, items]) => [kind, digestsOf(items)])),
    instructions: instructions?.digest ?? null,
  };
}

function keptTexts({ lists, instructions }: Inventory): LockedServer["texts"] {
  const textsOf = (items: readonly InventoriedItem[]) =>
    Object.fromEntries(items.map(({ name, text }) => [name, text]));
  return {
    ...Object.fromEntries(Object.entries(lists).map(([kind, items]) => [kind, textsOf(items)])),
    ...(instructions === null ? {} : { instructions: instructions.text }),
  };
}
