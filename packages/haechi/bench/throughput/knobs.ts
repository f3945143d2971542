/** What the bench of throughput can be told, each by a variable of the environment. */
export interface Knobs {
  readonly requests: number;
  readonly concurrency: number;
  readonly warmUp: number;
  readonly payloadKb: number;
  readonly maxInFlight: number;
}

/** The variable of each knob, its value where nothing is said, the least that it may be, and what it is. */
const VARIABLES = {
  requests: ["HAECHI_BENCH_REQUESTS", 2000, 1, "requests in each mode"],
  concurrency: ["HAECHI_BENCH_CONCURRENCY", 32, 1, "connections, each with one request at a time"],
  warmUp: ["HAECHI_BENCH_WARMUP", 100, 0, "requests before, in each mode, which count for nothing"],
  payloadKb: ["HAECHI_BENCH_PAYLOAD_KB", 1, 1, "kilobytes of a request's body"],
  maxInFlight: ["HAECHI_BENCH_MAXINFLIGHT", 4, 1, "limits.maxInFlight of the gateway that gets the burst"],
} as const satisfies Record<keyof Knobs, readonly [string, number, number, string]>;

/**
 * Reads the knobs.
 * @throws RangeError that names each variable which is not a whole number from its least value on
 */
export function readKnobs(environment: Readonly<Record<string, string | undefined>>): Knobs {
  const faults: string[] = [];
  const read = ([name, byDefault, least]: readonly [string, number, number, string]) => {
    const text = environment[name];
    if (text === undefined || text === "") return byDefault;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least)) faults.push(`${name} must be a whole number, ${least} or more`);
    return value;
  };
  const knobs = {
    requests: read(VARIABLES.requests),
    concurrency: read(VARIABLES.concurrency),
    warmUp: read(VARIABLES.warmUp),
    payloadKb: read(VARIABLES.payloadKb),
    maxInFlight: read(VARIABLES.maxInFlight),
  };
  if (faults.length > 0) throw new RangeError(faults.join("\n"));
  return knobs;
}

/** A line for each knob. */
export function describeKnobs(): string {
  return Object.values(VARIABLES)
    .map(([name, byDefault, , what]) => `  ${name.padEnd(26)} ${what} (${byDefault})`)
    .join("\n");
}
