import fs from "node:fs";
import { atomicWrite } from "../../providers/storage/atomic-write.ts";
import { replaceFile } from "../../providers/storage/replace-file.ts";
import type { ArgumentSpec, Given, OptionSpec } from "../command.ts";
import { CommandError, usageError } from "../command-error.ts";
import type { CliIo } from "../io.ts";
import { isGiven, textOf, textsOf } from "../options.ts";
import type { View } from "../view.ts";
import { CLIENT_NAMES, type ClientFile, type ClientName, clientFiles, namedClientFile } from "./client-files.ts";
import type { EditedText, ServerChange } from "./wrap-servers.ts";

export const clientArgument: ArgumentSpec = { name: "client", description: `${CLIENT_NAMES.join(", ")}, or all.` };

export const changeOptions: readonly OptionSpec[] = [
  {
    name: "file",
    value: "<file>",
    description: "The file of the client; those of the project in this folder and of the person when left out.",
  },
  { name: "server", value: "<name>", isRepeatable: true, description: "Only this server; all when left out." },
  { name: "dry-run", description: "Say what would change, and change nothing." },
];

/** What became of a file. */
export interface FileChange {
  readonly client: ClientName;
  readonly path: string;
  readonly isChanged: boolean;
  readonly servers: readonly ServerChange[];
}

/** The files that a command line means and that are there. */
export function meantFiles(given: Given, { environment }: CliIo): readonly ClientFile[] {
  const name = given.arguments[0];
  const clients = name === "all" ? CLIENT_NAMES : CLIENT_NAMES.filter((client) => client === name);
  if (clients.length === 0) throw usageError(`expected one of ${CLIENT_NAMES.join(", ")}, or all`);
  const path = textOf(given, "file");
  if (path !== undefined) {
    if (clients.length > 1) throw usageError("--file expects one client");
    if (!fs.existsSync(path)) throw new CommandError("there is no file at that path");
    return [namedClientFile(clients[0]!, path)];
  }
  const surroundings = { environment, platform: process.platform, folder: process.cwd() };
  const there = clients
    .flatMap((client) => clientFiles(client, surroundings))
    .filter((file) => fs.existsSync(file.path));
  // In the home folder the file of the project is that of the person.
  const files = [...new Map(there.map((file) => [fs.realpathSync(file.path), file])).values()];
  if (files.length === 0) throw new CommandError("the client has no file here; name it with --file");
  return files;
}

/**
 * Changes files, each as a whole; nothing is written of any before all of them could be read.
 * @param edit null for a text that cannot be read without doubt
 */
export function changeFiles(
  given: Given,
  files: readonly ClientFile[],
  edit: (text: string, file: ClientFile, names: readonly string[] | null) => EditedText | null,
  write: (file: ClientFile, before: string, after: string) => void,
): readonly FileChange[] {
  const meant = textsOf(given, "server");
  const names = meant.length === 0 ? null : meant;
  const edited = files.map((file) => {
    const before = fs.readFileSync(file.path, "utf8");
    const after = edit(before, file, names);
    if (after === null) throw new CommandError(`${file.path} cannot be read without doubt; nothing was changed`);
    return { file, before, ...after };
  });
  const found = new Set(edited.flatMap(({ changes }) => changes.map(({ name }) => name)));
  if (meant.some((name) => !found.has(name))) throw new CommandError("there is no server of that name");
  return edited.map(({ file, before, text, changes }) => {
    const isChanged = text !== before;
    if (isChanged && !isGiven(given, "dry-run")) write(file, before, text);
    return { client: file.client, path: file.path, isChanged, servers: changes };
  });
}

/** Where the text from before the change is kept. */
export function backupPath(path: string): string {
  return `${path}.haechi-backup`;
}

/** Keeps a file as it is while no server in it runs behind Haechi; with its credentials, for its owner only. */
export function backUp(path: string, text: string): void {
  atomicWrite(backupPath(path), text);
}

export function writeFile(path: string, before: string, after: string): void {
  replaceFile(path, before, after);
}

export function changeWords(files: readonly FileChange[], isDryRun: boolean, { paint, table }: View): string {
  const rows = files.flatMap(({ client, path, servers }) =>
    servers.map(({ name, before, after }) => [
      client,
      path,
      name,
      before === after ? STATES[after] : `${STATES[before]} -> ${STATES[after]}`,
    ]),
  );
  const count = files.flatMap(({ servers }) => servers.filter(({ before, after }) => before !== after)).length;
  const title = `${count} ${count === 1 ? "server" : "servers"} ${isDryRun ? "would change" : "changed"}.`;
  return [count > 0 ? paint.good(title) : paint.quiet(title), table(["client", "file", "server", "state"], rows)].join(
    "\n",
  );
}

const STATES = { wrapped: "behind Haechi", plain: "plain", remote: "not started by the client" } as const;
