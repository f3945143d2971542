import { type JsonDocument, KEY_LEAF, NUMBER_LEAF, OBJECT_CONTAINER, STRING_LEAF } from "../document/json-document.ts";
import { leafText } from "../document/leaf.ts";
import type { RootMember } from "./root-members.ts";

/** Where a growing text stands. */
export interface LeafPattern {
  /** Member names from the root of a frame; `*` is any array element. */
  readonly path: readonly string[];
  /** Values of the member `type` of the frames in which it counts; any frame when absent. */
  readonly events?: readonly string[];
  /** Members at the root that tell texts apart. */
  readonly by?: readonly string[];
  /** Places with the same word, and the same values of `by`, continue one text. */
  readonly continues?: string;
}

/** What says that texts have ended: a string at a path, or a frame of a type. */
export type LeafEnd = { readonly path: readonly string[] } | { readonly event: string; readonly by?: string };

/** A string leaf of a frame that continues a growing text. */
export interface StreamLeaf {
  readonly leaf: number;
  /** Index of the pattern it stands at. */
  readonly pattern: number;
  /** Which text it continues. */
  readonly channel: string;
  /** The groups that it ends with: each value of `by` with those before it, and the first element, such as the choice. */
  readonly groups: readonly string[];
}

/** A frame, with the members at its root. */
export interface ReadFrame {
  readonly document: JsonDocument;
  readonly root: ReadonlyMap<string, RootMember>;
}

/** The string leaves of a frame that stand at one of the patterns, in document order. */
export function findStreamLeaves({ document, root }: ReadFrame, patterns: readonly LeafPattern[]): StreamLeaf[] {
  const type = root.get("type")?.text;
  const found: StreamLeaf[] = [];
  const indexOf = elementIndexes(document);
  const candidates = patterns
    .map((pattern, index) => ({ pattern, index }))
    .filter(({ pattern: { events } }) => events === undefined || (type !== undefined && events.includes(type)));
  for (let leaf = 0; candidates.length > 0 && leaf < document.leaves.count; leaf += 1) {
    if (document.leaves.kind[leaf] !== STRING_LEAF) continue;
    for (const { pattern, index } of candidates) {
      const indexes = matchPath(document, leaf, pattern.path, indexOf);
      if (indexes === null) continue;
      found.push({ leaf, pattern: index, ...identityOf(pattern, index, indexes, root) });
      break;
    }
  }
  return found;
}

/** The groups of texts that a frame ends; `all` for the texts of every group. */
export function findEnds({ document, root }: ReadFrame, ends: readonly LeafEnd[]): readonly string[] | "all" {
  const type = root.get("type")?.text;
  const groups: string[] = [];
  for (const end of ends) {
    if ("path" in end || end.event !== type) continue;
    if (end.by === undefined) return "all";
    groups.push(...groupsBy([end.by], root));
  }
  const paths = ends.flatMap((end) => ("path" in end ? [{ path: end.path }] : []));
  for (const leaf of findStreamLeaves({ document, root }, paths)) {
    if (SAYS_NOTHING.has(leafText(document, leaf.leaf))) continue;
    // What stands in no element says it of all of them.
    if (!paths[leaf.pattern]!.path.includes("*")) return "all";
    groups.push(...leaf.groups);
  }
  return groups;
}

/** What some servers write in every frame, where others write null. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(["", "null"]);

function identityOf(
  { by = [], continues }: LeafPattern,
  index: number,
  indexes: readonly string[],
  root: ReadFrame["root"],
): Pick<StreamLeaf, "channel" | "groups"> {
  const named = groupsBy(by, root);
  const values = named.at(-1) ?? "";
  const [outermost] = indexes;
  return {
    channel: continues === undefined ? `${index} ${values} ${indexes.join(":")}` : `${continues} ${values}`,
    groups: outermost === undefined && named.length > 0 ? named : [...named, `*=${outermost ?? ""}`],
  };
}

/** The group of each name together with those before it. */
function groupsBy(names: readonly string[], root: ReadFrame["root"]): string[] {
  const groups: string[] = [];
  for (const name of names) {
    const before = groups.length === 0 ? "" : `${groups.at(-1)},`;
    groups.push(`${before}${name}=${root.get(name)?.text ?? ""}`);
  }
  return groups;
}

/** The identities of the array elements on the way to the leaf, outermost first; null when it is elsewhere. */
function matchPath(
  frame: JsonDocument,
  leaf: number,
  path: readonly string[],
  indexOf: (element: number) => string | undefined,
): string[] | null {
  const { containers } = frame;
  const indexes: string[] = [];
  let cameFrom = -1;
  let container = frame.leaves.container[leaf]!;
  let slot = frame.leaves.slot[leaf]!;
  for (let step = path.length - 1; step >= 0; step -= 1) {
    if (container < 0) return null;
    const inObject = containers.kind[container] === OBJECT_CONTAINER;
    const name = path[step]!;
    if (name === "*" ? inObject : !inObject || leafText(frame, slot) !== name) return null;
    // The element is whatever container the walk came from; its own index wins over its place.
    if (name === "*") indexes.unshift(indexOf(cameFrom) ?? `@${slot}`);
    cameFrom = container;
    slot = containers.slot[container]!;
    container = containers.parent[container]!;
  }
  return container < 0 ? indexes : null;
}

/**
 * Tells of elements of arrays the `index` that they say of themselves. Servers send one element
 * per frame and number it, so its place in the array says nothing (OpenAI: `choices[].index`).
 */
export function elementIndexes(frame: JsonDocument): (element: number) => string | undefined {
  // Read once, and only for a frame that has elements: a frame may have very many of them.
  let indexes: Map<number, string> | null = null;
  return (element) => {
    indexes ??= readIndexMembers(frame);
    return indexes.get(element);
  };
}

/** The first `index` member of each container that has one. */
function readIndexMembers(frame: JsonDocument): Map<number, string> {
  const { leaves } = frame;
  const indexes = new Map<number, string>();
  for (let leaf = 0; leaf < leaves.count; leaf += 1) {
    if (leaves.kind[leaf] !== NUMBER_LEAF) continue;
    const container = leaves.container[leaf]!;
    const key = leaves.slot[leaf]!;
    if (container < 0 || indexes.has(container) || leaves.kind[key] !== KEY_LEAF) continue;
    if (frame.containers.kind[container] === OBJECT_CONTAINER && leafText(frame, key) === "index") {
      indexes.set(container, leafText(frame, leaf));
    }
  }
  return indexes;
}
