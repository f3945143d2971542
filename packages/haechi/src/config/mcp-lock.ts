import * as z from "zod/mini";
import { HaechiError } from "../core/errors.ts";
import { findJsonFault } from "./json-syntax.ts";

/** The file in which is written what servers said when somebody looked. */
export type McpLock = z.output<typeof lockSchema>;

/** What is pinned of one server. */
export type LockedServer = McpLock["servers"][string];

const digest = z.string().check(z.regex(/^[\w-]{43}$/));

/** By name and member: SHA-256 of the canonical value, in base64url. */
const items = z.record(z.string(), z.record(z.string(), digest));

/** What a server said, where the person asked to keep it. */
const keptItems = z.optional(z.record(z.string(), z.unknown()));

const server = {
  /** What a person calls it. */
  label: z.optional(z.string().check(z.maxLength(128))),
  pinnedAt: z.iso.datetime(),
  tools: items,
};

/** By the hash of the command line or the address, which may hold credentials. */
const serverKey = z.string().check(z.regex(/^[0-9a-f]{64}$/));

const lockSchema = z.strictObject({
  version: z.literal(2),
  servers: z.record(
    serverKey,
    z.strictObject({
      ...server,
      /** Scheme, host and port of a server on HTTP. */
      origin: z.optional(z.url({ protocol: /^https?$/ })),
      // What is absent is not pinned.
      prompts: z.optional(items),
      resources: z.optional(items),
      resourceTemplates: z.optional(items),
      instructions: z.optional(z.nullable(digest)),
      texts: z.optional(
        z.strictObject({
          tools: keptItems,
          prompts: keptItems,
          resources: keptItems,
          resourceTemplates: keptItems,
          instructions: z.optional(z.string()),
        }),
      ),
    }),
  ),
});

/** The first form of the file, which knows tools only. */
const firstSchema = z.strictObject({
  version: z.literal(1),
  servers: z.record(serverKey, z.strictObject({ ...server, texts: keptItems })),
});

/**
 * Reads the file, of either version.
 * @throws HaechiError CONFIG_INVALID that names the place
 */
export function parseMcpLock(text: string): McpLock {
  const fault = findJsonFault(text);
  if (fault !== null) throw notALock(`line ${fault.line}, column ${fault.column}: expected ${fault.expected}`);
  const json: unknown = JSON.parse(text);
  const isFirst = z.object({ version: z.literal(1) }).safeParse(json).success;
  const parsed = (isFirst ? firstSchema : lockSchema).safeParse(json);
  if (!parsed.success) throw notALock(placeOf(parsed.error.issues[0]!));
  const lock = parsed.data;
  return lock.version === 2
    ? lock
    : { version: 2, servers: Object.fromEntries(Object.entries(lock.servers).map(asNow)) };
}

export const EMPTY_LOCK: McpLock = { version: 2, servers: {} };

function asNow([key, { texts, ...pinned }]: [string, z.output<typeof firstSchema>["servers"][string]]): [
  string,
  LockedServer,
] {
  return [key, { ...pinned, ...(texts === undefined ? {} : { texts: { tools: texts } }) }];
}

/** The path to what is wrong. Addresses of resources may say of whom they are, and long names are cut. */
function placeOf({ path, ...issue }: z.core.$ZodIssue): string {
  const unknown = issue.code === "unrecognized_keys" ? ` has the unknown member ${cut(issue.keys[0]!)}` : "";
  if (path.length === 0 && unknown === "") return "it is no object with a version and servers";
  const words = path.map((part, at) =>
    /^resource(?:s|Templates)$/.test(String(path[at - 1])) && path[at - 3] === "servers" ? "…" : cut(String(part)),
  );
  const place = words.length === 0 ? "it" : words.join(".");
  return unknown === "" ? `${place} is not what haechi mcp pin writes there` : place + unknown;
}

function cut(word: string): string {
  const printable = word.replace(/[^\x20-\x7e]/g, "?");
  return printable.length > WORD_LENGTH_MAX ? `${printable.slice(0, WORD_LENGTH_MAX)}…` : printable;
}

const WORD_LENGTH_MAX = 64;

function notALock(where: string): HaechiError {
  return new HaechiError("CONFIG_INVALID", `mcp.pinFile: the file of pins cannot be read as one: ${where}`);
}
