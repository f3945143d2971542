import type { ClientFile } from "./client-files.ts";
import type { WrittenServer } from "./written-server.ts";
import { readServers } from "./written-servers.ts";

/** How a server is run behind Haechi. */
export interface Wrapping {
  /** The program that is Haechi. */
  readonly command: string;
  readonly configPath: string;
}

export type ServerState = "wrapped" | "plain" | "remote";

/** What became of a server. */
export interface ServerChange {
  readonly name: string;
  readonly before: ServerState;
  readonly after: ServerState;
}

export interface EditedText {
  readonly text: string;
  readonly changes: readonly ServerChange[];
}

type Format = Pick<ClientFile, "format" | "servers">;

/**
 * The text of a file with servers behind Haechi: their command becomes an argument, as it is written, and nothing else
 * of the text changes.
 * @param names the servers that are meant; null for all
 * @returns null when the text cannot be read without doubt
 */
export function wrapServers(text: string, format: Format, names: readonly string[] | null, wrapping: Wrapping) {
  return editServers(text, format, names, (server) => {
    const { command, args } = server;
    if (command === null || stateOf(server) !== "plain") return null;
    const words = ["mcp-wrap", "--config", wrapping.configPath, "--"].map(quoted);
    const written = [...words, text.slice(command.start, command.end)];
    return [
      { start: command.start, end: command.end, text: quoted(wrapping.command) },
      args === null
        ? { start: command.end, end: command.end, text: server.argsMember(ownList(written)) }
        : {
            start: args.start + 1,
            end: args.start + 1,
            // Without spaces an empty list that was there is told from one of our making.
            text: args.elements.length === 0 ? written.join(",") : `${written.join(", ")}, `,
          },
    ];
  });
}

/** The text as it was before `wrapServers`, also where something else of it has changed since. */
export function unwrapServers(text: string, format: Format, names: readonly string[] | null) {
  return editServers(text, format, names, (server) => {
    const { command, args } = server;
    if (command === null || args === null || stateOf(server) !== "wrapped") return null;
    const original = args.elements[originalIndex(server)]!;
    const written = text.slice(original.start, original.end);
    const own = { start: command.start, end: command.end, text: written };
    const isLast = originalIndex(server) === args.elements.length - 1;
    const member = server.argsMember(ownList(args.elements.map(({ start, end }) => text.slice(start, end))));
    if (isLast && text.startsWith(member, command.end)) {
      return [own, { start: command.end, end: command.end + member.length, text: "" }];
    }
    const end = original.end + (text.startsWith(", ", original.end) && !isLast ? 2 : 0);
    const next = args.elements[originalIndex(server) + 1];
    const isSeparated = end > original.end || next === undefined;
    return [own, { start: args.start + 1, end: isSeparated ? end : next.start, text: "" }];
  });
}

/** A list of our making. */
function ownList(written: readonly string[]): string {
  return `[${written.join(", ")}]`;
}

interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function editServers(
  text: string,
  format: Format,
  names: readonly string[] | null,
  edit: (server: WrittenServer) => readonly TextEdit[] | null,
): EditedText | null {
  const servers = readServers(text, format);
  if (servers === null) return null;
  const changes: ServerChange[] = [];
  const edits: TextEdit[] = [];
  for (const server of servers) {
    const before = stateOf(server);
    const own = names === null || names.includes(server.name) ? edit(server) : null;
    if (own !== null) edits.push(...own);
    const after = own === null ? before : before === "plain" ? "wrapped" : "plain";
    changes.push({ name: server.name, before, after });
  }
  let edited = text;
  for (const { start, end, text: written } of edits.sort((a, b) => b.start - a.start || b.end - a.end)) {
    edited = edited.slice(0, start) + written + edited.slice(end);
  }
  return { text: edited, changes };
}

function stateOf(server: WrittenServer): ServerState {
  if (server.command === null) return "remote";
  return originalIndex(server) === -1 ? "plain" : "wrapped";
}

/** The place of the original command among the arguments; -1 where it does not run behind Haechi. */
function originalIndex({ args }: WrittenServer): number {
  const words = args?.elements.map(({ text }) => text) ?? [];
  const dashes = words[0] === "mcp-wrap" ? words.indexOf("--") : -1;
  return dashes === -1 || dashes + 1 >= words.length ? -1 : dashes + 1;
}

/** A string that JSON and TOML read alike. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll("\u007f", "\\u007f");
}
