import type { McpSide } from "../protocols/mcp/methods.ts";

/**
 * Names of ours for handles that may not cross as they are: each side has its own handle, and the other side the name.
 * Handles and names are JSON: a name is a number where its handle is one.
 */
export interface HandleNames {
  /** The name of a handle of one side; null where it has none. */
  nameOf(handle: string, owner: McpSide): string | null;
  /**
   * Gives a handle a name, which says nothing of it; null for one that is too long to be kept.
   * @param uuid what the name is made of
   */
  give(handle: string, owner: McpSide, uuid: string): string | null;
  /** The handle of a side behind a name; null for any other text. */
  handleOf(name: string, owner: McpSide): string | null;
  /** Whether a side has a handle with a name. */
  isEmpty(owner: McpSide): boolean;
}

/**
 * The names that were used longest ago are forgotten when there are too many; they name nothing then.
 * @param charactersMax of handles that are kept for each side
 */
export function createHandleNames(charactersMax = CHARACTERS_MAX): HandleNames {
  const sides = { client: createSide(), server: createSide() };
  return {
    nameOf(handle, owner) {
      const { names } = sides[owner];
      const name = names.get(handle);
      if (name === undefined) return null;
      // The order of a map is that of adding.
      names.delete(handle);
      names.set(handle, name);
      return name;
    },
    give(handle, owner, uuid) {
      if (handle.length > HANDLE_LENGTH_MAX) return null;
      const side = sides[owner];
      const name = nameFrom(uuid, handle.startsWith('"'));
      if (side.handles.has(name)) return null;
      side.names.set(handle, name);
      side.handles.set(name, handle);
      side.characters += handle.length;
      while (side.characters > charactersMax) forgetOldest(side);
      return name;
    },
    handleOf: (name, owner) => sides[owner].handles.get(name) ?? null,
    isEmpty: (owner) => sides[owner].names.size === 0,
  };
}

interface Side {
  readonly names: Map<string, string>;
  readonly handles: Map<string, string>;
  characters: number;
}

function createSide(): Side {
  return { names: new Map(), handles: new Map(), characters: 0 };
}

function forgetOldest(side: Side): void {
  const [handle, name] = side.names.entries().next().value!;
  side.names.delete(handle);
  side.handles.delete(name);
  side.characters -= handle.length;
}

/** In letters, or a number of as many digits as no card has: nothing is found in either. */
function nameFrom(uuid: string, isString: boolean): string {
  if (isString) return JSON.stringify(inLetters(uuid));
  const digits = uuid.replaceAll("-", "").slice(0, 10);
  return String(NUMBER_MIN + (Number.parseInt(digits, 16) % (NUMBER_MIN * 9)));
}

/** A name in which nothing is found. */
export function inLetters(uuid: string): string {
  const letters = [...uuid.replaceAll("-", "")].map((digit) =>
    String.fromCharCode(LOWER_A + Number.parseInt(digit, 16)),
  );
  return `haechi-${letters.join("")}`;
}

const NUMBER_MIN = 100_000_000_000;
const LOWER_A = 0x61;
/** A state of a server may be a document. */
const HANDLE_LENGTH_MAX = 8_192;
/** Some six thousand ids of messages. */
const CHARACTERS_MAX = 131_072;
