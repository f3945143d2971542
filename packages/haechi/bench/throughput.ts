// How many requests a second the command serves, and how it sheds what is too much:
// `npm run bench:throughput`. Run with --help for the knobs.
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { requestBody } from "./gateway/bodies.ts";
import { startStubUpstream } from "./gateway/processes.ts";
import { thisMachine } from "./machine.ts";
import { table } from "./table.ts";
import { ask, figuresOf, together } from "./throughput/ask.ts";
import { startCommand } from "./throughput/command.ts";
import { describeKnobs, type Knobs, readKnobs } from "./throughput/knobs.ts";
import { progress, withBuild } from "./with-build.ts";

const HELP = `npm run bench:throughput
  Requests a second and their times through the built command, in enforce mode and in dry-run, asked by autocannon;
  and a burst of six times limits.maxInFlight. Tables, and the same as JSON on the last line.

Environment:
${describeKnobs()}
`;

/** Each mode gets its requests in so many parts, in turn with the other, so that noise hits both. */
const PARTS = 4;
const BURST = 6;
const BURST_DELAY_MS = 150;
const AT_ONCE = { delayMs: 0, pieces: 40, intervalMs: null, watched: [] };

const knobs = knobsOrEnd();
const machine = thisMachine();
console.log(`${machine.cpu}, ${machine.cores} cores; Node ${machine.node}; commit ${machine.commit}`);
const figures = await withBuild(async (build) => {
  const upstream = await startStubUpstream();
  const start = (mode: "enforce" | "dry-run", maxInFlight: number) =>
    startCommand(build, { mode, target: { upstream: upstream.url }, limits: { maxInFlight } });
  const commands = {
    enforce: await start("enforce", 0),
    "dry-run": await start("dry-run", 0),
    bounded: await start("enforce", knobs.maxInFlight),
  };
  const bodyFile = join(mkdtempSync(join(build.states, "body-")), "body.json");
  const shape = { bytes: knobs.payloadKb * 1024, kind: "chat", streamed: false, planted: true } as const;
  writeFileSync(bodyFile, requestBody(shape, 7));
  try {
    await upstream.follow(AT_ONCE);
    const asking = (mode: keyof typeof commands) => ({
      ...knobs,
      url: commands[mode].url,
      connections: knobs.concurrency,
      bodyFile,
    });
    const modes = ["enforce", "dry-run"] as const;
    for (const mode of modes) if (knobs.warmUp > 0) await ask({ ...asking(mode), requests: knobs.warmUp });
    const runs = { enforce: [], "dry-run": [] } as Record<(typeof modes)[number], Awaited<ReturnType<typeof ask>>[]>;
    for (const [part, requests] of partsOf(knobs.requests).entries()) {
      for (const mode of part % 2 === 0 ? modes : modes.toReversed()) {
        progress(`${mode}, ${requests} requests`);
        runs[mode].push(await ask({ ...asking(mode), requests }));
      }
    }
    const [enforce, dryRun] = [served(together(runs.enforce)), served(together(runs["dry-run"]))];

    progress("burst");
    await ask({ ...asking("bounded"), connections: 1, requests: 2 });
    await upstream.follow({ ...AT_ONCE, delayMs: BURST_DELAY_MS });
    const atOnce = BURST * knobs.maxInFlight;
    const { statuses, withRetryAfter, broken } = await ask({
      ...asking("bounded"),
      connections: atOnce,
      requests: atOnce,
    });
    const burst = { requests: atOnce, served: statuses[200] ?? 0, refused: statuses[503] ?? 0, withRetryAfter, broken };
    return {
      enforce,
      dryRun,
      // What enforcing costs: below one for requests a second, above for their time.
      enforceToDryRun: {
        requestsPerSecond: enforce.requestsPerSecond / dryRun.requestsPerSecond,
        p50: enforce.p50 / dryRun.p50,
      },
      burst,
    };
  } finally {
    await Promise.all([...Object.values(commands), upstream].map((process) => process.stop()));
  }
});

const ms = (value: number) => value.toFixed(1);
console.log(
  table(
    1,
    ["mode", "req/s", "p50 ms", "p95 ms", "p99 ms", "max ms"],
    Object.entries({ enforce: figures.enforce, "dry-run": figures.dryRun }).map(
      ([mode, { requestsPerSecond, ...times }]) => [
        mode,
        requestsPerSecond.toFixed(0),
        ...[times.p50, times.p95, times.p99, times.max].map(ms),
      ],
    ),
  ),
);
const { enforceToDryRun, burst } = figures;
console.log(
  `enforce ÷ dry-run: ${enforceToDryRun.requestsPerSecond.toFixed(2)} of the requests a second, ${enforceToDryRun.p50.toFixed(2)} of the p50`,
);
console.log(
  `burst of ${burst.requests} with limits.maxInFlight ${knobs.maxInFlight}: ${burst.served} answered 200, ${burst.refused} answered 503, ` +
    `${burst.withRetryAfter} with Retry-After, ${burst.broken} broken`,
);
const rounded = (_: string, value: unknown) => (typeof value === "number" ? Number(value.toPrecision(4)) : value);
console.log(JSON.stringify({ machine, knobs, ...figures }, rounded));

function knobsOrEnd(): Knobs {
  try {
    const { values } = parseArgs({ options: { help: { type: "boolean", default: false } } });
    if (values.help) {
      console.log(HELP);
      process.exit();
    }
    return readKnobs(process.env);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(2);
  }
}

/** About equal parts of so many requests, none of them empty. */
function partsOf(requests: number): number[] {
  return Array.from(
    { length: PARTS },
    (_, part) => Math.floor(((part + 1) * requests) / PARTS) - Math.floor((part * requests) / PARTS),
  ).filter((part) => part > 0);
}

/** Figures of requests that were all answered 200: anything else makes them void. */
function served(load: Awaited<ReturnType<typeof ask>>) {
  const other = Object.keys(load.statuses).filter((status) => status !== "200");
  if (other.length > 0 || load.broken > 0) {
    throw new Error(`not all requests were served: status ${other.join(", ") || "200"}, ${load.broken} broken`);
  }
  return figuresOf(load);
}
