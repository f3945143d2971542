/** Where a text stops being the JSON that a configuration may be. */
export interface JsonFault {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly expected: string;
}

/**
 * The first fault of a JSON text (RFC 8259), or null. A member name that stands
 * twice in one object is a fault too: a parser keeps one of the two values, and the
 * operator may have meant the other. So is `__proto__`, which is not a plain member
 * of a JavaScript object and would be dropped without a word.
 */
export function findJsonFault(text: string): JsonFault | null {
  const cursor: Cursor = { text, position: 0 };
  const fault = readValue(cursor, 0);
  if (fault !== null) return fault;
  skipWhitespace(cursor);
  return cursor.position === text.length ? null : faultAt(cursor, "the end of the file");
}

interface Cursor {
  readonly text: string;
  position: number;
}

const DEPTH_MAX = 100;
const WHITESPACE = /[ \t\r\n]*/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 §7 forbids them unescaped.
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = new RegExp(
  `${STRING.source}|-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null`,
  "y",
);

function readValue(cursor: Cursor, depth: number): JsonFault | null {
  skipWhitespace(cursor);
  if (depth > DEPTH_MAX) return faultAt(cursor, `at most ${DEPTH_MAX} arrays and objects inside each other`);
  if (take(cursor, "{")) return readMembers(cursor, depth);
  if (take(cursor, "[")) return readElements(cursor, depth);
  return takeMatch(cursor, SCALAR) === null ? faultAt(cursor, "a value") : null;
}

function readMembers(cursor: Cursor, depth: number): JsonFault | null {
  const names = new Set<string>();
  if (take(cursor, "}")) return null;
  do {
    skipWhitespace(cursor);
    const start = cursor.position;
    const written = takeMatch(cursor, STRING);
    if (written === null) return faultAt(cursor, "a name in double quotes");
    const name: string = JSON.parse(written);
    if (name === "__proto__") return faultAt({ ...cursor, position: start }, "a name other than __proto__");
    if (names.has(name)) return faultAt({ ...cursor, position: start }, "a name that this object does not have yet");
    names.add(name);

    if (!take(cursor, ":")) return faultAt(cursor, ":");
    const fault = readValue(cursor, depth + 1);
    if (fault !== null) return fault;
  } while (take(cursor, ","));
  return take(cursor, "}") ? null : faultAt(cursor, ", or }");
}

function readElements(cursor: Cursor, depth: number): JsonFault | null {
  if (take(cursor, "]")) return null;
  do {
    const fault = readValue(cursor, depth + 1);
    if (fault !== null) return fault;
  } while (take(cursor, ","));
  return take(cursor, "]") ? null : faultAt(cursor, ", or ]");
}

/** Moves past a character, and the whitespace before it, if it comes next. */
function take(cursor: Cursor, character: string): boolean {
  skipWhitespace(cursor);
  if (cursor.text[cursor.position] !== character) return false;
  cursor.position += 1;
  return true;
}

function takeMatch(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.position;
  const match = pattern.exec(cursor.text);
  if (match === null) return null;
  cursor.position = pattern.lastIndex;
  return match[0];
}

function skipWhitespace(cursor: Cursor): void {
  takeMatch(cursor, WHITESPACE);
}

function faultAt({ text, position }: Cursor, expected: string): JsonFault {
  const before = text.slice(0, position).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1, expected };
}
