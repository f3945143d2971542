import { type Node, type ParseError, parseTree } from "jsonc-parser";
import type { WrittenList, WrittenServer, WrittenString } from "./written-server.ts";

/** As `readServers`, of JSON in which comments and a last comma may stand. */
export function readJsonServers(
  text: string,
  patterns: readonly (readonly string[])[],
): readonly WrittenServer[] | null {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || root?.type !== "object") return null;
  const servers: WrittenServer[] = [];
  for (const pattern of patterns) {
    for (const group of at(root, pattern)) {
      for (const [name, value] of members(group)) {
        const server = serverOf(name, value);
        if (server === null) return null;
        servers.push(server);
      }
    }
  }
  return servers;
}

function at(node: Node, [step, ...rest]: readonly string[]): readonly Node[] {
  if (step === undefined) return [node];
  return members(node)
    .filter(([name]) => step === "*" || name === step)
    .flatMap(([, value]) => at(value, rest));
}

/** Null where a member stands twice, or is of another kind than it should be. */
function serverOf(name: string, node: Node): WrittenServer | null {
  const of = (member: string) => members(node).filter(([key]) => key === member);
  const commands = of("command");
  const lists = of("args");
  if (commands.length > 1 || lists.length > 1) return null;
  const command = commands[0] === undefined ? null : stringOf(commands[0][1]);
  const args = lists[0] === undefined ? null : listOf(lists[0][1]);
  if ((commands[0] !== undefined && command === null) || (lists[0] !== undefined && args === null)) return null;
  return { name, command, args, argsMember: (list) => `, "args": ${list}` };
}

function members(node: Node): readonly (readonly [string, Node])[] {
  if (node.type !== "object") return [];
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key === undefined || value === undefined ? [] : [[String(key.value), value] as const];
  });
}

function stringOf({ type, offset, length, value }: Node): WrittenString | null {
  return type === "string" ? { start: offset, end: offset + length, text: String(value) } : null;
}

function listOf({ type, offset, length, children = [] }: Node): WrittenList | null {
  if (type !== "array") return null;
  const elements = children.map(stringOf);
  return elements.includes(null)
    ? null
    : { start: offset, end: offset + length, elements: elements.filter((element) => element !== null) };
}
