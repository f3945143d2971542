import { type JsonDocument, KEY_LEAF, OBJECT_CONTAINER } from "../../core/document/json-document.ts";
import { isNamed, mayBeTakenFor, memberKeys, ROOT, valueUnder } from "../../core/document/member.ts";
import { type Splice, splice } from "../../core/document/splice.ts";
import { valueRange } from "../../core/document/value-range.ts";
import { type ElementRange, elementRanges } from "../framing/json-rpc-batch.ts";
import { containerUnder, onlyContainer, stringAt } from "./only-members.ts";

// Parsers differ in which of two members they keep, and some take a name in any letters. Wherever that could
// make one tool of another, the answer here is that it cannot be told.

/** The name of the tool that a request calls; null where it cannot be told. */
export function calledTool(document: JsonDocument): string | null {
  return stringAt(document, ["params", "name"]);
}

/** The task that a request is about, or that the answer to a call has started. */
export function taskId(document: JsonDocument): string | null {
  return (
    stringAt(document, ["params", "taskId"]) ??
    stringAt(document, ["result", "task", "taskId"]) ??
    stringAt(document, ["result", "taskId"])
  );
}

/** A list of tools in an answer. */
export interface ToolList {
  readonly tools: readonly ListedTool[];
  /** The bytes of the list. */
  readonly range: ElementRange;
}

export interface ListedTool {
  /** Null where it cannot be told. */
  readonly name: string | null;
  readonly range: ElementRange;
}

/** The list of tools that an answer brings; null where there is none, `unclear` where parsers may see different ones. */
export function listedTools(document: JsonDocument): ToolList | "unclear" | null {
  const result = onlyContainer(document, ROOT, "result");
  if (result === null) return null;
  const keys = memberKeys(document, result, "tools");
  if (keys.length === 0) return null;
  const list = containerUnder(document, keys[0]!);
  const [start, end] = valueRange(document, keys[0]!);
  const isList = keys.length === 1 && isNamed(document, keys[0]!, "tools") && document.bytes[start] === OPEN_BRACKET;
  if (!isList) return "unclear";
  const names = list === null ? [] : elementNames(document, list);
  const ranges = elementRanges(document.bytes.subarray(start, end));
  const tools = ranges.map(
    (range, index): ListedTool => ({
      name: names[index] ?? null,
      range: { start: range.start + start, end: range.end + start },
    }),
  );
  return { tools, range: { start, end } };
}

/** The bytes of an answer whose list lacks some tools; all else stays as it is written. */
export function withoutTools(bytes: Uint8Array, { tools, range }: ToolList, withheld: readonly boolean[]): Uint8Array {
  const kept = tools.filter((_, index) => withheld[index] !== true);
  if (kept.length === tools.length) return bytes;
  if (kept.length === 0) return splice(bytes, [{ start: range.start + 1, end: range.end - 1, text: "" }]);
  const splices: Splice[] = [];
  let keptEnd: number | null = null;
  for (const [index, tool] of tools.entries()) {
    if (withheld[index] !== true) {
      // What stands before the first one that stays goes up to it.
      if (keptEnd === null && index > 0) {
        splices.push({ start: tools[0]!.range.start, end: tool.range.start, text: "" });
      }
      keptEnd = tool.range.end;
      continue;
    }
    if (keptEnd === null) continue;
    const before = splices.at(-1);
    // One that follows another takes up where that ended.
    if (before !== undefined && before.end > keptEnd) splices.pop();
    splices.push({ start: keptEnd, end: tool.range.end, text: "" });
  }
  return splice(bytes, splices);
}

/** By index of the element: the string under its `name`; none where it has no such member, or more than one. */
function elementNames(document: JsonDocument, list: number): readonly (string | null)[] {
  const { containers, leaves } = document;
  const elementOf = new Map<number, number>();
  for (let row = list + 1; row < containers.count; row++) {
    if (containers.parent[row] === list && containers.kind[row] === OBJECT_CONTAINER) {
      elementOf.set(row, containers.slot[row]!);
    }
  }
  const keys = new Map<number, number[]>();
  for (let leaf = 0; leaf < leaves.count; leaf++) {
    const element = leaves.kind[leaf] === KEY_LEAF ? elementOf.get(leaves.container[leaf]!) : undefined;
    if (element === undefined || !mayBeTakenFor("name", document, leaf)) continue;
    keys.set(element, [...(keys.get(element) ?? []), leaf]);
  }
  const names: (string | null)[] = [];
  for (const [element, [key, ...others]] of keys) {
    const value = others.length === 0 && isNamed(document, key!, "name") ? valueUnder(document, key!) : null;
    names[element] = value?.kind === "string" ? value.text : null;
  }
  return names;
}

const OPEN_BRACKET = 0x5b;
