import * as z from "zod/mini";

// What a key may hold. Each kind says what it expects in words that never repeat
// the value it was given: that value may be a secret in the wrong place.

/** setTimeout takes a signed 32-bit number of milliseconds and fires at once above it. */
export const TIMER_MAX_MS = 2_147_483_647;

export const flag = z.boolean({ error: "expected true or false" });

export const text = stringOf(1, "expected a non-empty string");

export const filePath = stringOf(1, "expected a file path");

export function oneOf<const Values extends readonly string[]>(values: Values) {
  return z.enum(values, { error: `expected one of ${values.join(", ")}` });
}

export function oneOfOrNull<const Values extends readonly string[]>(values: Values) {
  return z.nullable(z.enum(values, { error: `expected null or one of ${values.join(", ")}` }));
}

export function integer(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER) {
  return wholeNumber(minimum, maximum, `expected ${integerWords(minimum, maximum)}`);
}

export function integerOrNull(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER) {
  return z.nullable(wholeNumber(minimum, maximum, `expected null or ${integerWords(minimum, maximum)}`));
}

export function integerOr<const Word extends string>(word: Word, minimum: number, maximum: number) {
  const error = `expected ${word}, or ${integerWords(minimum, maximum)}`;
  return z.union([wholeNumber(minimum, maximum, error), z.literal(word, { error })], { error });
}

export function numberBetween(minimum: number, maximum: number) {
  const error = `expected a number from ${minimum} to ${maximum}`;
  return z.number({ error }).check(z.minimum(minimum, { error }), z.maximum(maximum, { error }));
}

/** Text of a given form; `form` completes the sentence "expected …". */
export function textMatching(pattern: RegExp, form: string) {
  const error = `expected ${form}`;
  return z.string({ error }).check(z.regex(pattern, { error }));
}

export function listOf<Element extends z.ZodMiniType>(element: Element) {
  return z.array(element, { error: "expected a list" });
}

export function nonEmptyListOf<Element extends z.ZodMiniType>(element: Element) {
  const error = "expected a list with at least one entry";
  return z.array(element, { error }).check(z.minLength(1, { error }));
}

/** An object whose keys are names that the operator chooses. */
export function mapOf<Name extends z.core.$ZodRecordKey, Value extends z.ZodMiniType>(name: Name, value: Value) {
  return z.record(name, value, { error: "expected an object" });
}

function stringOf(minLength: number, error: string) {
  return z.string({ error }).check(z.minLength(minLength, { error }));
}

function wholeNumber(minimum: number, maximum: number, error: string) {
  return z.int({ error }).check(z.minimum(minimum, { error }), z.maximum(maximum, { error }));
}

function integerWords(minimum: number, maximum: number): string {
  return maximum === Number.MAX_SAFE_INTEGER
    ? `an integer of at least ${minimum}`
    : `an integer from ${minimum} to ${maximum}`;
}
