import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { stringify } from "yaml";

/** A value as Go's templates see it: JSON. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/**
 * Renders the part of Go's text/template and of Helm's functions that our chart uses, and refuses everything else. The
 * test that uses it holds it against Helm itself where that is installed.
 * @param files the templates, by name; definitions hold in all of them
 * @throws Error for what it does not know, and with the text of `fail`
 */
export function renderTemplates(
  files: Readonly<Record<string, string>>,
  root: { readonly [key: string]: Value },
): Record<string, string> {
  const definitions = new Map<string, readonly Node[]>();
  const parsed = Object.entries(files).map(([name, text]) => [name, parseTemplate(text, definitions)] as const);
  const render = (nodes: readonly Node[], dot: Value) =>
    renderNodes(nodes, { dot, variables: [new Map([["$", dot]])], definitions });
  return Object.fromEntries(parsed.map(([name, nodes]) => [name, render(nodes, root)]));
}

type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "output"; readonly pipe: string }
  | { readonly kind: "assign"; readonly name: string; readonly pipe: string; readonly declares: boolean }
  | {
      readonly kind: "if" | "with";
      readonly branches: readonly { readonly pipe: string | null; readonly body: readonly Node[] }[];
    };

interface Scope {
  readonly dot: Value;
  readonly variables: readonly Map<string, Value>[];
  readonly definitions: ReadonlyMap<string, readonly Node[]>;
}

interface Token {
  readonly isAction: boolean;
  readonly text: string;
}

/** Text and actions, with the white space gone that `{{-` and `-}}` take away. */
function tokensOf(template: string): Token[] {
  const tokens: Token[] = [];
  let rest = template;
  for (;;) {
    const match = /\{\{(-(?=\s))?\s*((?:"(?:[^"\\]|\\.)*"|(?!\}\}|\s-\}\}).)*?)\s*(-)?\}\}/s.exec(rest);
    if (match === null) return [...tokens, { isAction: false, text: rest }];
    const [whole, trimsLeft, action, trimsRight] = match;
    const before = rest.slice(0, match.index);
    tokens.push({ isAction: false, text: trimsLeft === undefined ? before : before.trimEnd() });
    tokens.push({ isAction: true, text: action! });
    rest = rest.slice(match.index + whole.length);
    if (trimsRight !== undefined) rest = rest.trimStart();
  }
}

function parseTemplate(template: string, definitions: Map<string, readonly Node[]>): readonly Node[] {
  const tokens = tokensOf(template);
  let at = 0;
  const parseUntil = (...ends: readonly string[]): { nodes: Node[]; end: string } => {
    const nodes: Node[] = [];
    while (at < tokens.length) {
      const { isAction, text } = tokens[at]!;
      at += 1;
      if (!isAction) nodes.push({ kind: "text", text });
      else if (ends.some((end) => text === end || text.startsWith(`${end} `))) return { nodes, end: text };
      else if (/^(?:if|with) /.test(text)) nodes.push(parseBranches(text));
      else if (text.startsWith("define ")) definitions.set(JSON.parse(text.slice(7)), parseUntil("end").nodes);
      else if (/^(?:range|block|template|break|continue)\b/.test(text)) throw new Error(`not known here: ${text}`);
      else {
        const assigned = /^(\$\w+)\s*(:?=)\s*(.+)$/s.exec(text);
        if (assigned === null) nodes.push({ kind: "output", pipe: text });
        else nodes.push({ kind: "assign", name: assigned[1]!, declares: assigned[2] === ":=", pipe: assigned[3]! });
      }
    }
    if (ends.length > 0) throw new Error(`no ${ends.join(" or ")}`);
    return { nodes, end: "" };
  };
  const parseBranches = (head: string): Node => {
    const [, kind, condition] = /^(if|with) (.+)$/s.exec(head)!;
    const branches: { pipe: string | null; body: readonly Node[] }[] = [];
    let pipe: string | null = condition!;
    for (;;) {
      const { nodes, end } = parseUntil("else", "end");
      branches.push({ pipe, body: nodes });
      if (end === "end") return { kind: kind as "if" | "with", branches };
      pipe = /^else if (.+)$/s.exec(end)?.[1] ?? null;
    }
  };
  return parseUntil().nodes;
}

function renderNodes(nodes: readonly Node[], outer: Scope): string {
  const scope = { ...outer, variables: [new Map<string, Value>(), ...outer.variables] };
  let text = "";
  for (const node of nodes) {
    switch (node.kind) {
      case "text":
        text += node.text;
        break;
      case "output":
        text += printed(evaluate(node.pipe, scope));
        break;
      case "assign": {
        const holder = node.declares ? scope.variables[0] : scope.variables.find((some) => some.has(node.name));
        if (holder === undefined) throw new Error(`no variable ${node.name}`);
        holder.set(node.name, evaluate(node.pipe, scope));
        break;
      }
      default:
        for (const { pipe, body } of node.branches) {
          const value = pipe === null ? true : evaluate(pipe, scope);
          if (!isTrue(value)) continue;
          text += renderNodes(body, node.kind === "with" && pipe !== null ? { ...scope, dot: value } : scope);
          break;
        }
    }
  }
  return text;
}

/** A pipeline: each command's value is the last argument of the next one. */
function evaluate(pipe: string, scope: Scope): Value {
  const words = pipe.match(/"(?:[^"\\]|\\.)*"|[()|]|[^\s()|]+/g) ?? [];
  let at = 0;
  const pipeline = (): Value => {
    let piped: readonly Value[] = [];
    for (;;) {
      piped = [command(piped)];
      if (words[at] !== "|") return piped[0]!;
      at += 1;
    }
  };
  const command = (piped: readonly Value[]): Value => {
    const head = words[at]!;
    if (!/^[a-z]\w*$/i.test(head) || ["true", "false"].includes(head)) return operand();
    at += 1;
    const given: Value[] = [];
    while (at < words.length && words[at] !== ")" && words[at] !== "|") given.push(operand());
    const call = FUNCTIONS[head];
    if (call === undefined) throw new Error(`not known here: ${head}`);
    return call([...given, ...piped], scope);
  };
  const operand = (): Value => {
    const word = words[at]!;
    at += 1;
    if (word === "(") {
      const value = pipeline();
      at += 1;
      return value;
    }
    if (word.startsWith('"')) return JSON.parse(word);
    if (/^-?\d+$/.test(word)) return Number(word);
    if (word === "true" || word === "false") return word === "true";
    const [, variable, path] = /^(\$\w*)?((?:\.\w+)*|\.)$/.exec(word) ?? [];
    if (path === undefined) throw new Error(`not known here: ${word}`);
    const start = variable === undefined ? scope.dot : variableOf(variable, scope);
    return path.split(".").filter(Boolean).reduce(memberOf, start);
  };
  const value = pipeline();
  if (at !== words.length) throw new Error(`not known here: ${pipe}`);
  return value;
}

function variableOf(name: string, { variables }: Scope): Value {
  const holder = variables.find((some) => some.has(name));
  if (holder === undefined) throw new Error(`no variable ${name}`);
  return holder.get(name)!;
}

/** A misspelt value is no error for Helm as it should be; it is one here. */
function memberOf(value: Value, name: string): Value {
  if (!isMap(value) || !Object.hasOwn(value, name)) throw new Error(`no value .${name}`);
  return value[name]!;
}

type TemplateFunction = (args: readonly Value[], scope: Scope) => Value;

const FUNCTIONS: Readonly<Record<string, TemplateFunction>> = {
  include: ([name, dot], { definitions }) => {
    const nodes = definitions.get(String(name));
    if (nodes === undefined) throw new Error(`no definition ${name}`);
    return renderNodes(nodes, { dot: dot!, variables: [new Map([["$", dot!]])], definitions });
  },
  fail: ([message]) => {
    throw new Error(String(message));
  },
  eq: ([left, right]) => isDeepStrictEqual(left, right),
  not: ([value]) => !isTrue(value!),
  default: ([fallback, value]) => (isTrue(value ?? null) ? value! : fallback!),
  dict: (entries) => Object.fromEntries(entries.flatMap((key, n) => (n % 2 ? [] : [[String(key), entries[n + 1]!]]))),
  deepCopy: ([value]) => structuredClone(value!),
  mergeOverwrite: ([into, from]) => merged(into!, from!),
  contains: ([part, text]) => String(text).includes(String(part)),
  replace: ([from, to, text]) => String(text).replaceAll(String(from), String(to)),
  trunc: ([length, text]) => String(text).slice(0, Number(length)),
  trimSuffix: ([suffix, text]) => (String(text).endsWith(String(suffix)) ? String(text).slice(0, -1) : text!),
  lower: ([text]) => String(text).toLowerCase(),
  quote: ([text]) => JSON.stringify(String(text)),
  printf: ([format, ...values]) =>
    values.reduce<string>((text, value) => text.replace("%s", String(value)), `${format}`),
  nindent: ([spaces, text]) =>
    `\n${" ".repeat(Number(spaces))}${String(text).replaceAll("\n", `\n${" ".repeat(Number(spaces))}`)}`,
  sha256sum: ([text]) => createHash("sha256").update(String(text)).digest("hex"),
  toYaml: ([value]) => stringify(value, { lineWidth: 0 }).trimEnd(),
  toPrettyJson: ([value]) => JSON.stringify(sorted(value!), null, 2),
};

function isTrue(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return isMap(value) ? Object.keys(value).length > 0 : Boolean(value);
}

function isMap(value: Value): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function merged(into: Value, from: Value): Value {
  if (!isMap(into) || !isMap(from)) return from;
  const entries = Object.entries(from).map(([key, value]) => [key, merged(into[key] ?? null, value)]);
  return { ...into, ...Object.fromEntries(entries) };
}

/** Go writes maps in the order of their keys. */
function sorted(value: Value): Value {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

function printed(value: Value): string {
  if (typeof value === "object") throw new Error("a map or a list is printed");
  return String(value);
}
