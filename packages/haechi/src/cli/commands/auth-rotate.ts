import { rotateToken } from "../../providers/auth/bearer-file.ts";
import type { BearerRecord } from "../../providers/auth/bearer-record.ts";
import { makeToken } from "../change-tokens.ts";
import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, integerOf, reportOptions } from "../options.ts";
import { reported } from "../result.ts";
import { DAY_MS, SHOWN_ONCE, VALID_DAYS_MAX, wordsForToken } from "../token-words.ts";

const HOUR_MS = 60 * 60 * 1000;
const OVERLAP_HOURS = 24;
const OVERLAP_HOURS_MAX = 8760;

export const authRotate: Command = {
  arguments: [{ name: "id", description: "Id of the token, as auth list shows it." }],
  options: [
    configOption,
    {
      name: "overlap-hours",
      value: "<hours>",
      description: `How long the token until now holds beside the new one; ${OVERLAP_HOURS} when left out, 0 for not at all.`,
    },
    {
      name: "valid-days",
      value: "<days>",
      description: "How long the new one holds; as long as the one until now was given when left out.",
    },
    ...reportOptions,
  ],
  members: ["id", "token", "expiresAt", "previousExpiresAt", "warning"],
  exitCodes: [],
  examples: [
    {
      line: "haechi auth rotate tok_auth_0123abcd --overlap-hours 48",
      purpose: "A new token for the same client, which has two days to change over.",
    },
  ],
  async run(given, io) {
    const id = given.arguments[0]!;
    const overlapHours = integerOf(given, "overlap-hours", 0, OVERLAP_HOURS_MAX) ?? OVERLAP_HOURS;
    const validDays = integerOf(given, "valid-days", 1, VALID_DAYS_MAX);
    const { config } = readConfigurationAloud(given, io);
    const { token, record } = await makeToken(config, io, { verb: "rotate", id }, ({ clock, ...ports }) => {
      const now = clock.now();
      const inMs = (duration: number) => new Date(now + duration).toISOString();
      const optionsFor = (found: BearerRecord) => {
        const validMs = validDays === undefined ? givenMs(found) : validDays * DAY_MS;
        const previousExpiresAt = inMs(overlapHours * HOUR_MS);
        return { previousExpiresAt, ...(validMs === null ? {} : { expiresAt: inMs(validMs) }) };
      };
      return rotateToken(config.auth.store, id, optionsFor, { ...ports, clock: { now: () => now } });
    });
    const { expiresAt = null, previous } = record;
    const members = { id, token, expiresAt, previousExpiresAt: previous?.expiresAt ?? null, warning: SHOWN_ONCE };
    return reported(members, wordsForToken(config, record, token));
  },
};

/** How long a token was to hold when it was made; null for one without an end. */
function givenMs({ createdAt, rotatedAt, expiresAt }: BearerRecord): number | null {
  return expiresAt === undefined ? null : Date.parse(expiresAt) - Date.parse(rotatedAt ?? createdAt);
}
