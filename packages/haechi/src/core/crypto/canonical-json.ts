import { HaechiError } from "../errors.ts";

/** Containers inside containers that a canonical form may have. */
export const CANONICAL_DEPTH_MAX = 64;

/**
 * The one text of a JSON value (`json-stable-v1`): members sorted by UTF-16 code
 * units at every level, no spaces, scalars as ECMAScript writes them, members
 * that are undefined left out.
 * @throws HaechiError DOCUMENT_TOO_DEEP; TypeError for what JSON cannot say
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "number") return writeNumber(value);
  if (typeof value === "boolean") return value ? "true" : "false";
  if (value === null) return "null";
  if (typeof value !== "object") throw new TypeError(`Canonical JSON has no ${typeof value}`);
  if (depth >= CANONICAL_DEPTH_MAX) {
    throw new HaechiError("DOCUMENT_TOO_DEEP", `Canonical JSON is nested at most ${CANONICAL_DEPTH_MAX} deep`);
  }
  return Array.isArray(value) ? writeArray(value, depth + 1) : writeObject(value, depth + 1);
}

function writeObject(object: object, depth: number): string {
  const keys = sortedKeys(object);
  let text = "{";
  for (const key of keys) {
    // The keys are the object's own, so each of them can be read from it.
    const member = (object as Record<string, unknown>)[key];
    if (member === undefined) continue;
    text += `${text.length === 1 ? "" : ","}${quote(key)}:${write(member, depth)}`;
  }
  return `${text}}`;
}

function writeArray(array: readonly unknown[], depth: number): string {
  let text = "[";
  for (let index = 0; index < array.length; index++) {
    text += `${index === 0 ? "" : ","}${write(array[index], depth)}`;
  }
  return `${text}]`;
}

// NaN and the infinities become null in JSON.stringify, so two different values
// would share one canonical form.
function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError("Canonical JSON has no number that is not finite");
  return Object.is(value, -0) ? "0" : String(value);
}

// Objects made by this project are built in order, so the look usually ends the work.
function sortedKeys(object: object): readonly string[] {
  const keys = Object.keys(object);
  for (let index = 1; index < keys.length; index++) {
    if (keys[index - 1]! > keys[index]!) return keys.sort();
  }
  return keys;
}

/** Text that JSON writes as it is: no quote, backslash, control character or surrogate. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

function quote(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
