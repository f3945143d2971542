/** The types of an SDK, read from its list: what each member of each type may hold. */
export type TypeList = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** One place where a string may stand in a body. */
export interface Place {
  /** From the root; at most one step for each level of the body. */
  readonly steps: readonly Step[];
}

/**
 * A member of an object, or an element of a list. `literals` are the members that tell what the object is, such as
 * its `type`. The name of a member is null in a record, whose names are the caller's own.
 */
export type Step =
  | { readonly in: "object"; readonly member: string | null; readonly literals: Readonly<Record<string, string>> }
  | { readonly in: "list" };

/** Reads what `readSdkTypes` writes. */
export function parseTypeList(text: string): TypeList {
  const types = new Map<string, Map<string, readonly string[]>>();
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const space = line.indexOf(" ");
    const dot = line.lastIndexOf(".", space);
    const type = line.slice(0, dot);
    const members = types.get(type) ?? new Map<string, readonly string[]>();
    types.set(type, members.set(line.slice(dot + 1, space), line.slice(space + 1).split("|")));
  }
  return types;
}

/** Types nest in each other without end: a schema in a schema, a result in a block in a result. */
const DEPTH_MAX = 8;
const SAME_TYPE_MAX = 2;

/** Every place of a body of the given type where a string may stand, each union member's for itself. */
export function placesIn(types: TypeList, body: string): readonly Place[] {
  const places: Place[] = [];
  const inHeld = (held: string, steps: readonly Step[], around: readonly string[]): void => {
    if (held.endsWith("[]")) inHeld(held.slice(0, -2), [...steps, { in: "list" }], around);
    else if (held.endsWith("{}")) inHeld(held.slice(0, -2), [...steps, RECORD], around);
    else if (held === "string") places.push({ steps });
    else if (held === "json")
      places.push({ steps }, { steps: [...steps, RECORD] }, { steps: [...steps, { in: "list" }, RECORD] });
    else inType(held, steps, around);
  };
  const inType = (type: string, steps: readonly Step[], around: readonly string[]): void => {
    const members = types.get(type);
    if (members === undefined || around.length >= DEPTH_MAX) return;
    if (around.filter((outer) => outer === type).length >= SAME_TYPE_MAX) return;
    const literals = literalsOf(members);
    for (const [name, alternatives] of members) {
      const member = name === "*" ? null : name;
      for (const held of alternatives) inHeld(held, [...steps, { in: "object", member, literals }], [...around, type]);
    }
  };
  const [type, member] = [body.slice(0, body.lastIndexOf(".")), body.slice(body.lastIndexOf(".") + 1)];
  for (const held of types.get(type)?.get(member) ?? []) inHeld(held, [], []);
  return distinct(places);
}

const RECORD: Step = { in: "object", member: null, literals: {} };

/** A member with one literal says what the object is, and so does a `type` or a `role` with several. */
function literalsOf(members: ReadonlyMap<string, readonly string[]>): Readonly<Record<string, string>> {
  const literals: Record<string, string> = {};
  for (const [name, [first, ...others]] of members) {
    if (!first!.startsWith("'")) continue;
    if (others.length === 0 || name === "type" || name === "role") literals[name] = first!.slice(1, -1);
  }
  return literals;
}

function distinct(places: readonly Place[]): readonly Place[] {
  return [...new Map(places.map((place) => [written(place), place])).values()];
}

/** The same place as Google's APIs read it too: `inline_data` is `inlineData`. */
export function inSnakeCase({ steps }: Place): Place {
  return {
    steps: steps.map((step) =>
      step.in === "list" || step.member === null ? step : { ...step, member: snakeCased(step.member) },
    ),
  };
}

function snakeCased(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The place in one line, such as `messages.*.{role=user}content`. */
export function written({ steps }: Place): string {
  const parts = steps.map((step) => {
    if (step.in === "list") return "*";
    const literals = Object.entries(step.literals).map(([name, value]) => `${name}=${value}`);
    return `${literals.length === 0 ? "" : `{${literals.join()}}`}${step.member ?? "**"}`;
  });
  return parts.join(".");
}
