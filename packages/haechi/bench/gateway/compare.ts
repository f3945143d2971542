import { answerText } from "./answer-text.ts";
import { NEW_WORD, PLANTED, requestBody } from "./bodies.ts";
import type { LoadResult } from "./messages.ts";
import type { LoadMaker, Server, StubUpstream } from "./processes.ts";
import { xorshift } from "./random.ts";
import type { Scenario, Target } from "./scenarios.ts";

export interface Bench {
  readonly upstream: StubUpstream;
  readonly load: LoadMaker;
  /** For the load beside the load that is measured. */
  readonly loadBeside: LoadMaker;
  readonly servers: Readonly<Record<Target, Server>>;
}

/** One target in one scenario in one round. */
export interface Sample extends Omit<LoadResult, "faults"> {
  /** CPU time of the target for one request, user and system, all threads. */
  readonly cpuMicros: number;
}

/** The samples of each target of a scenario, in the order of the rounds. */
export interface Comparison {
  readonly scenario: Scenario;
  readonly samples: ReadonlyMap<Target, readonly Sample[]>;
}

export interface Rounds {
  readonly count: number;
  /** How long a target is loaded in a round. */
  readonly ms: number;
  readonly warmUpMs: number;
}

/**
 * Measures every target in every scenario once a round, in shuffled order, so that what
 * else happens on the machine hits all of them alike. Compare inside a round.
 * @throws when a target answered wrongly: its figures would be worth nothing
 */
export async function compare(
  bench: Bench,
  scenarios: readonly Scenario[],
  { count, ms, warmUpMs }: Rounds,
  progress: (text: string) => void,
): Promise<Comparison[]> {
  const random = xorshift(SEED);
  const comparisons = scenarios.map((scenario) => ({
    scenario,
    samples: new Map<Target, Sample[]>(scenario.targets.map((target) => [target, []])),
  }));
  for (let round = 0; round <= count; round++) {
    for (const { scenario, samples } of comparisons) {
      progress(`${round === 0 ? "warming up" : `round ${round} of ${count}`}: ${scenario.name}`);
      for (const target of shuffled(scenario.targets, random)) {
        const sample = await measure(bench, scenario, target, round === 0 ? warmUpMs : ms);
        if (round > 0) samples.get(target)!.push(sample);
      }
    }
  }
  return comparisons;
}

const SEED = 7;

async function measure(bench: Bench, scenario: Scenario, target: Target, ms: number): Promise<Sample> {
  const { upstream, load, loadBeside } = bench;
  const { connections, beside } = scenario;
  const server = bench.servers[target];
  const body = requestBody(scenario.body, SEED);
  const job = {
    url: server.url,
    ms,
    requestsMax: Number.MAX_SAFE_INTEGER,
    expectedText: answerText(scenario.upstream.pieces),
  };
  await upstream.follow({ ...scenario.upstream, watched: PLANTED });

  const before = await server.usage();
  const other =
    beside && loadBeside.run({ ...job, body: requestBody(beside.body, SEED), connections: beside.connections });
  const { faults, ...result } = await load.run({ ...job, body, connections });
  const wrongBeside = (await other)?.faults ?? [];
  const after = await server.usage();

  const wrong = [
    ...faults,
    ...wrongBeside,
    ...(beside ? [] : await wrongArrivals(bench, scenario, target, body, result)),
  ];
  if (wrong.length > 0) throw new Error(`${target}, ${scenario.name}: ${wrong.join("; ")}`);
  return { ...result, cpuMicros: (after.cpuMicros - before.cpuMicros) / result.requests };
}

/** A gateway that lets a value through, or changes what it should leave alone, must not look fast. */
async function wrongArrivals(
  { upstream }: Bench,
  scenario: Scenario,
  target: Target,
  body: string,
  { requests }: { readonly requests: number },
): Promise<string[]> {
  const arrivals = await upstream.arrivals();
  const isProtected = target.startsWith("haechi");
  const withWatched = scenario.body.planted && !isProtected ? requests : 0;
  const isSame = isSameBut(NEW_WORD, arrivals.lastBody, body);
  return [
    ...(arrivals.requests === requests ? [] : [`${requests} answers to ${arrivals.requests} requests upstream`]),
    ...(arrivals.withWatched === withWatched ? [] : [`${arrivals.withWatched} requests upstream held a planted value`]),
    ...(isSame === (scenario.body.planted && isProtected) ? ["the body upstream was not the one expected"] : []),
  ];
}

/** Whether the texts differ in nothing but in what stands where the second has the word. */
function isSameBut(word: string, text: string, expected: string): boolean {
  if (text.length !== expected.length) return false;
  let from = 0;
  for (let at = expected.indexOf(word); at !== -1; at = expected.indexOf(word, from)) {
    if (text.slice(from, at) !== expected.slice(from, at)) return false;
    from = at + word.length;
  }
  return text.slice(from) === expected.slice(from);
}

function shuffled<T>(items: readonly T[], random: (bound: number) => number): T[] {
  const rest = [...items];
  return items.map(() => rest.splice(random(rest.length), 1)[0]!);
}
