import { canaryName, canaryText } from "./numbered-canaries.ts";
import type { Place, Step } from "./places.ts";

/** A body with canaries in it. */
export interface PlantedBody {
  readonly body: unknown;
  /** The places that hold one, by the number of the canary. */
  readonly planted: ReadonlyMap<number, Place>;
}

/**
 * Bodies that together hold a canary at each place: the smallest that have the place, and, with more than one place to
 * a body, as many of these put together as go together. A canary has the number of its place.
 */
export function plantedBodies(places: readonly Place[], placesMax: number): readonly PlantedBody[] {
  const bodies: { body: unknown; planted: Map<number, Place> }[] = [];
  places.forEach((place, number) => {
    const last = bodies.at(-1);
    const canary = { text: canaryText(number), name: canaryName(number) };
    const together =
      last !== undefined && last.planted.size < placesMax ? plant(last.body, place.steps, canary) : undefined;
    if (last !== undefined && together !== undefined) {
      last.body = together;
      last.planted.set(number, place);
    } else {
      bodies.push({ body: plant(undefined, place.steps, canary), planted: new Map([[number, place]]) });
    }
  });
  return bodies;
}

/** The smallest body that has a text at a place. */
export function bodyWith(place: Place, text: string): unknown {
  return plant(undefined, place.steps, { text, name: "name" });
}

/** The text that stands at a place of such a body. */
export function textAt(body: unknown, { steps }: Place): unknown {
  return steps.reduce((there: unknown, step) => {
    if (typeof there !== "object" || there === null) return undefined;
    const name = step.in === "list" ? "0" : (step.member ?? "name");
    return (there as Readonly<Record<string, unknown>>)[name];
  }, body);
}

interface Planted {
  readonly text: string;
  /** For members of a record. */
  readonly name: string;
}

/** What is there with the text in it; undefined when something else stands where it must be. */
function plant(there: unknown, [step, ...rest]: readonly Step[], planted: Planted): unknown {
  if (step === undefined) return there === undefined ? planted.text : undefined;
  if (step.in === "list") return plantInList(there, rest, planted);
  if (there !== undefined && (typeof there !== "object" || Array.isArray(there))) return undefined;
  const object = { ...(there as Readonly<Record<string, unknown>> | undefined) };
  for (const [name, literal] of Object.entries(step.literals)) {
    if (object[name] !== undefined && object[name] !== literal) return undefined;
    object[name] = literal;
  }
  const member = step.member ?? planted.name;
  const inside = plant(object[member], rest, planted);
  return inside === undefined ? undefined : { ...object, [member]: inside };
}

function plantInList(there: unknown, rest: readonly Step[], planted: Planted): unknown {
  if (there === undefined) return [plant(undefined, rest, planted)];
  if (!Array.isArray(there)) return undefined;
  const inLast = plant(there.at(-1), rest, planted);
  return inLast === undefined ? [...there, plant(undefined, rest, planted)] : [...there.slice(0, -1), inLast];
}
