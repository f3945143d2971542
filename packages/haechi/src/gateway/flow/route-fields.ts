import { compilePlaceRules, type PlaceRules, pathCompiler } from "../../core/document/field-rules.ts";
import type { FieldContent, FieldPath, FieldRule, Route } from "../../protocols/protocol.ts";

/** The rules of a route, compiled; the same list is compiled once. */
export function fieldsOf(rules: readonly FieldRule[] | undefined): PlaceRules<FieldContent> | undefined {
  return rules === undefined ? undefined : compiledOf(rules).whole;
}

/** The same for a body whose root is a list of such documents. */
export function fieldsOfLines(rules: readonly FieldRule[] | undefined): PlaceRules<FieldContent> | undefined {
  if (rules === undefined) return undefined;
  const compiled = compiledOf(rules);
  compiled.lines ??= compilePlaceRules(rules.map(({ path, holds }) => ({ path: ["*", ...path], holds })));
  return compiled.lines;
}

/** The rules of what stands under a name, as the parts of a form do. */
export function fieldsUnderName(
  rules: readonly FieldRule[] | undefined,
  name: string,
): readonly FieldRule[] | undefined {
  return rules?.flatMap(({ path, holds }) => {
    if (path[0] === name) return [{ path: path.slice(1), holds }];
    return path[0] === "**" ? [{ path, holds }] : [];
  });
}

/** Where a route's responses say their text again; known for every route, as annotations stand anywhere. */
export function copiesOf({ copies = NO_PATHS }: Route): PlaceRules<"copy"> {
  return copyRules(copies);
}

/** Where numbers of a route's requests are text. */
export function tokenIdsOf({ tokenIds }: Route): PlaceRules<"token-id"> | undefined {
  return tokenIds === undefined ? undefined : tokenIdRules(tokenIds);
}

const NO_PATHS: readonly FieldPath[] = [];
const copyRules = pathCompiler("copy");
const tokenIdRules = pathCompiler("token-id", "lenient");

interface Compiled {
  readonly whole: PlaceRules<FieldContent>;
  lines: PlaceRules<FieldContent> | null;
}

const compiledByRules = new WeakMap<readonly FieldRule[], Compiled>();

function compiledOf(rules: readonly FieldRule[]): Compiled {
  const known = compiledByRules.get(rules);
  if (known !== undefined) return known;
  const compiled = { whole: compilePlaceRules(rules), lines: null };
  compiledByRules.set(rules, compiled);
  return compiled;
}
