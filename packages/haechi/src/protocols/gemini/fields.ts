import { fieldsUnder, fieldsWith } from "../fields.ts";
import type { FieldContent, FieldRule } from "../protocol.ts";

/**
 * One rule for each path in each spelling: Google reads `inlineData` and `inline_data` alike, and
 * each step of a path may be spelled for itself.
 */
export function protoFieldsWith(holds: FieldContent, written: readonly string[]): readonly FieldRule[] {
  return fieldsWith(holds, written.flatMap(spellings));
}

/** The rules of a part, where it stands in a whole, in each spelling of the place. */
export function protoFieldsUnder(place: string, rules: readonly FieldRule[]): readonly FieldRule[] {
  return spellings(place).flatMap((spelled) => fieldsUnder(spelled, rules));
}

/** Every way to write a path of names in camel case. */
export function spellings(written: string): readonly string[] {
  return written.split(".").reduce<readonly string[]>((paths, name) => {
    const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const names = snake === name ? [name] : [name, snake];
    return paths.length === 0 ? names : paths.flatMap((path) => names.map((spelled) => `${path}.${spelled}`));
  }, []);
}
