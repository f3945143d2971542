import { isDeepStrictEqual } from "node:util";
import { describeKeys } from "./describe/describe-keys.ts";
import { isRecord } from "./problem.ts";
import type { Config } from "./schema.ts";
import { Secret } from "./secret.ts";

/**
 * The keys in which two configurations differ, in the order of the schema. A list, and an object whose members an
 * operator names, is one key: what is written by hand, be it a name, is never returned.
 */
export function changedKeys(before: Config, after: Config): readonly string[] {
  return namedKeys().filter((path) => !isEqual(valueAt(before, path), valueAt(after, path)));
}

/** The keys that hold values, without those inside lists and of named members. */
function namedKeys(): readonly string[] {
  const paths = describeKeys().flatMap(({ keys }) => keys.map(({ path }) => path));
  const named = [...new Set(paths.filter((path) => !/[[<$]/.test(path)))];
  return named.filter((path) => !named.some((other) => other.startsWith(`${path}.`)));
}

function valueAt(config: Config, path: string): unknown {
  return path.split(".").reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), config);
}

function isEqual(one: unknown, other: unknown): boolean {
  if (one instanceof Secret && other instanceof Secret) return one.reveal() === other.reveal();
  return isDeepStrictEqual(one, other);
}
