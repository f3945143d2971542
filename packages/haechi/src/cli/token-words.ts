import type { Config } from "../config/schema.ts";
import type { BearerRecord } from "../providers/auth/bearer-record.ts";
import type { Report } from "./command.ts";

export const DAY_MS = 24 * 60 * 60 * 1000;

/** A hundred years. */
export const VALID_DAYS_MAX = 36_500;

export const SHOWN_ONCE = "The token is shown this once; keep it where secrets are kept.";

/** What a person is told of a token that was just made. */
export function wordsForToken({ auth }: Config, record: BearerRecord, token: string): Report["inWords"] {
  const { id, expiresAt, previous } = record;
  return ({ paint, facts }) =>
    [
      facts([
        ["id", id],
        ["token", token],
        ...(expiresAt === undefined ? [] : [["holds until", expiresAt] as const]),
        ...(previous === undefined ? [] : [["the one before holds until", previous.expiresAt] as const]),
      ]),
      paint.warning(SHOWN_ONCE),
      ...(auth.provider === "bearer"
        ? []
        : [paint.warning(`auth.provider is ${auth.provider}: no token is asked for until it is bearer.`)]),
    ].join("\n");
}
