import { retireKey } from "../../providers/crypto/key-custody.ts";
import { changeKeys } from "../change-keys.ts";
import type { Command, Given } from "../command.ts";
import { usageError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, reportOptions, textOf } from "../options.ts";
import { reported } from "../result.ts";

export const keysRetire: Command = {
  arguments: [{ name: "kid", description: "Id of the key, as keys list shows it." }],
  options: [
    configOption,
    {
      name: "until",
      value: "<date>",
      description: "From this date on the key opens nothing, though it is still there; never takes the date away.",
    },
    ...reportOptions,
  ],
  members: ["kid", "opensUntil", "activeKid"],
  exitCodes: [],
  examples: [
    {
      line: "haechi keys retire local-1767225600000-a1b2c3 --until 2031-01-31",
      purpose: "Try out what it would be like without the key, before it is destroyed.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const kid = given.arguments[0]!;
    const opensUntil = untilOf(given);
    const activeKid = await changeKeys(config, io, ({ keyFile, recorded, ...ports }) =>
      recorded(
        "retire",
        kid,
        () => retireKey(keyFile, kid, { ...ports, ...(opensUntil === undefined ? {} : { opensUntil }) }),
        (newKid) => newKid,
      ),
    );
    const until = typeof opensUntil === "number" ? new Date(opensUntil).toISOString() : null;
    return reported({ kid, opensUntil: until, activeKid }, ({ paint }) =>
      [
        paint.good(`${kid} seals nothing any more.`),
        ...(until === null ? [] : [`It opens what it sealed until ${until}.`]),
        ...(activeKid === null ? [] : [`${activeKid} is the active key now.`]),
      ].join("\n"),
    );
  },
};

const ISO_DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z)?$/;

/** Milliseconds since the epoch; null takes the date away, undefined leaves it. */
function untilOf(given: Given): number | null | undefined {
  const text = textOf(given, "until");
  if (text === undefined) return undefined;
  if (text === "never") return null;
  const time = ISO_DATE.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(time)) return time;
  throw usageError("--until expects a date such as 2031-01-31 or 2031-01-31T12:00:00Z, in UTC, or never");
}
