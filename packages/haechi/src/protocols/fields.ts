import type { FieldContent, FieldPath, FieldRule } from "./protocol.ts";

/** A path written in one string, its steps apart by dots: `messages.*.content`. No member of a wire format has a dot in its name. */
export function pathOf(written: string): FieldPath {
  return written.split(".");
}

/** One rule for each path. */
export function fieldsWith(holds: FieldContent, written: readonly string[]): readonly FieldRule[] {
  return written.map((path) => ({ path: pathOf(path), holds }));
}

/** The rules of a part, where it stands in a whole. */
export function fieldsUnder(place: string, rules: readonly FieldRule[]): readonly FieldRule[] {
  return rules.map(({ path, holds }) => ({ path: [...pathOf(place), ...path], holds }));
}
