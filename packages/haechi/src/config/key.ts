import * as z from "zod/mini";

/**
 * A configuration key that may be left out: one line of documentation, its schema
 * and the value it has when left out. Without a value it stays unset.
 */
export function key<T extends z.ZodMiniType>(
  documentation: string,
  schema: T,
  fallback: z.core.util.NoUndefined<z.output<T>>,
): z.ZodMiniDefault<T>;
export function key<T extends z.ZodMiniType>(documentation: string, schema: T): z.ZodMiniOptional<T>;
export function key<T extends z.ZodMiniType>(
  documentation: string,
  schema: T,
  fallback?: z.core.util.NoUndefined<z.output<T>>,
): z.ZodMiniDefault<T> | z.ZodMiniOptional<T> {
  const settled = fallback === undefined ? z.optional(schema) : z._default(schema, fallback);
  return settled.register(z.globalRegistry, { description: documentation });
}

/** A key that must be written wherever its object is. */
export function requiredKey<T extends z.ZodMiniType>(documentation: string, schema: T): T {
  return schema.check(z.describe(documentation)) as T; // check() returns its own type
}

/** A group of keys that may be left out as a whole; its keys then have their own defaults. */
export function section<Shape extends z.core.$ZodLooseShape>(
  documentation: string,
  shape: Shape,
): z.ZodMiniPrefault<z.ZodMiniObject<Shape, z.core.$strict>> {
  const keys = keysOf(shape);
  // Every key of a section has a default or may stay unset, so that the empty object is valid input.
  const empty = {} as z.input<typeof keys>;
  return z.prefault(keys, empty).register(z.globalRegistry, { description: documentation });
}

/** An object that has exactly these keys. `expected` says what else than an object may stand there. */
export function keysOf<Shape extends z.core.$ZodLooseShape>(shape: Shape, expected = "expected an object") {
  const unknownKey = `unknown key; the keys here are ${Object.keys(shape).join(", ")}`;
  return z.strictObject(shape, { error: ({ code }) => (code === "unrecognized_keys" ? unknownKey : expected) });
}
