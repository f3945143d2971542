import { pathOf } from "../fields.ts";
import type { FieldPath, FieldRule } from "../protocol.ts";

/**
 * The rules for both spellings that Google reads, `inlineData` and `inline_data`. A body that mixes
 * them within one place is not told of, and is read as text there.
 */
export function inBothSpellings(rules: readonly FieldRule[]): readonly FieldRule[] {
  return rules.flatMap((rule) => bothSpellings(rule.path).map((path) => ({ path, holds: rule.holds })));
}

/** A path in camel case, in both spellings. */
export function pathsOf(written: string): readonly FieldPath[] {
  return bothSpellings(pathOf(written));
}

function bothSpellings(path: FieldPath): readonly FieldPath[] {
  const snake = path.map(snakeCase);
  return snake.every((name, step) => name === path[step]) ? [path] : [path, snake];
}

/** The same few names come back in hundreds of paths. */
const known = new Map<string, string>();

function snakeCase(name: string): string {
  let snake = known.get(name);
  if (snake === undefined) {
    snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    known.set(name, snake);
  }
  return snake;
}
