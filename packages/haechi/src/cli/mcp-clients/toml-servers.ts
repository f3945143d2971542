import { type AST, ParseError, parseTOML } from "toml-eslint-parser";
import type { WrittenList, WrittenServer, WrittenString } from "./written-server.ts";

/** As `readServers`, of TOML. */
export function readTomlServers(
  text: string,
  patterns: readonly (readonly string[])[],
): readonly WrittenServer[] | null {
  let members: readonly Member[];
  try {
    members = parseTOML(text).body.flatMap((top) => membersOf(top.body, [], false));
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
  const servers = new Map<string, Member[]>();
  for (const member of members) {
    const { path } = member;
    const group = patterns.find((pattern) => isAt(path.slice(0, -2), pattern));
    if (group === undefined || path.length < 2) continue;
    const id = JSON.stringify(path.slice(0, -1));
    servers.set(id, [...(servers.get(id) ?? []), member]);
  }
  const written = [...servers.values()].map((own) => serverOf(own, text));
  return written.includes(null) ? null : written.filter((server) => server !== null);
}

/** A value and the names that lead to it. */
interface Member {
  readonly path: readonly string[];
  readonly pair: AST.TOMLKeyValue;
  /** In a table that stands in one line. */
  readonly isInline: boolean;
}

function membersOf(
  nodes: readonly (AST.TOMLKeyValue | AST.TOMLTable)[],
  above: readonly string[],
  isInline: boolean,
): readonly Member[] {
  return nodes.flatMap((node): readonly Member[] => {
    if (node.type === "TOMLTable") return membersOf(node.body, [...above, ...node.resolvedKey.map(String)], false);
    const path = [...above, ...node.key.keys.map((key) => (key.type === "TOMLBare" ? key.name : key.value))];
    if (node.value.type === "TOMLInlineTable") return membersOf(node.value.body, path, true);
    return [{ path, pair: node, isInline }];
  });
}

/** Null where a member is of another kind than it should be. */
function serverOf(members: readonly Member[], text: string): WrittenServer | null {
  const of = (name: string) => members.find(({ path }) => path.at(-1) === name);
  const [commandMember, argsMember] = [of("command"), of("args")];
  const command = commandMember === undefined ? null : stringOf(commandMember.pair.value);
  const args = argsMember === undefined ? null : listOf(argsMember.pair.value);
  if ((commandMember !== undefined && command === null) || (argsMember !== undefined && args === null)) return null;
  return {
    name: members[0]!.path.at(-2)!,
    command,
    args,
    argsMember(list) {
      if (commandMember === undefined) return "";
      const { keys, range } = commandMember.pair.key;
      // A key may be written with dots, and indented.
      const prefix = text.slice(range[0], keys.at(-1)!.range[0]);
      const lineStart = text.lastIndexOf("\n", range[0] - 1) + 1;
      return commandMember.isInline
        ? `, ${prefix}args = ${list}`
        : `\n${text.slice(lineStart, range[0])}${prefix}args = ${list}`;
    },
  };
}

/** True for a path that a pattern is for; `*` is any step. */
function isAt(path: readonly string[], pattern: readonly string[]): boolean {
  return path.length === pattern.length && pattern.every((step, index) => step === "*" || step === path[index]);
}

function stringOf(node: AST.TOMLContentNode): WrittenString | null {
  if (node.type !== "TOMLValue" || node.kind !== "string") return null;
  return { start: node.range[0], end: node.range[1], text: node.value };
}

function listOf(node: AST.TOMLContentNode): WrittenList | null {
  if (node.type !== "TOMLArray") return null;
  const elements = node.elements.map(stringOf);
  return elements.includes(null)
    ? null
    : { start: node.range[0], end: node.range[1], elements: elements.filter((element) => element !== null) };
}
