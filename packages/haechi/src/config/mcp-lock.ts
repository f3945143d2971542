import * as z from "zod/mini";
import { HaechiError } from "../core/errors.ts";
import { findJsonFault } from "./json-syntax.ts";

/** The file in which the tools of servers are pinned. */
export type McpLock = z.output<typeof lockSchema>;

const digests = z.record(z.string(), z.string().check(z.regex(/^[\w-]{43}$/)));

const lockSchema = z.strictObject({
  version: z.literal(1),
  /** By the hash of the command line, which may hold credentials. */
  servers: z.record(
    z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    z.strictObject({
      /** What a person calls it. */
      label: z.optional(z.string().check(z.maxLength(128))),
      pinnedAt: z.iso.datetime(),
      /** By name and member: SHA-256 of the canonical value, in base64url. */
      tools: z.record(z.string(), digests),
      /** What the server said, where the person asked to keep it. */
      texts: z.optional(z.record(z.string(), z.unknown())),
    }),
  ),
});

/** @throws HaechiError CONFIG_INVALID */
export function parseMcpLock(text: string): McpLock {
  const fault = findJsonFault(text);
  const parsed = fault === null ? lockSchema.safeParse(JSON.parse(text)) : null;
  if (parsed?.success === true) return parsed.data;
  throw new HaechiError("CONFIG_INVALID", "mcp.pinFile: the file of pinned tools cannot be read as one");
}

export const EMPTY_LOCK: McpLock = { version: 1, servers: {} };
