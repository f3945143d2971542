import { type Spread, showSpread, spread } from "../spread.ts";
import { table } from "../table.ts";
import type { Comparison, Sample } from "./compare.ts";
import type { MemoryFigures } from "./memory.ts";
import type { Target } from "./scenarios.ts";
import type { StartUpFigures } from "./start-up.ts";

/** What a target did in a scenario: medians of the rounds, and comparisons made inside each round. */
export interface Figures {
  readonly scenario: string;
  readonly target: Target;
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpuMicros: number;
  readonly firstText: number | null;
  /** Against the pass-through. */
  readonly cpuRatio: Spread;
  readonly speedRatio: Spread;
  readonly addedMs: Spread;
  /** CPU against what the same target needs without findings, or without a look at the answers. */
  readonly ownCpuRatio: Spread | null;
}

export function figuresOf(comparisons: readonly Comparison[]): Figures[] {
  const samplesOf = (scenario: string | undefined) =>
    comparisons.find((one) => one.scenario.name === scenario)?.samples;
  return comparisons.flatMap(({ scenario, samples }) =>
    [...samples].map(([target, own]) => {
      const passThrough = samples.get("pass-through")!;
      const plain = target === "haechi, answers too" ? samples.get("haechi") : samplesOf(scenario.benign)?.get(target);
      return {
        scenario: scenario.name,
        target,
        requestsPerSecond: median(own, rate),
        p50: median(own, ({ p50 }) => p50),
        p99: median(own, ({ p99 }) => p99),
        cpuMicros: median(own, ({ cpuMicros }) => cpuMicros),
        firstText: own[0]!.firstText === null ? null : median(own, answered),
        cpuRatio: inEachRound(own, passThrough, (a, b) => a.cpuMicros / b.cpuMicros),
        speedRatio: inEachRound(own, passThrough, (a, b) => rate(a) / rate(b)),
        addedMs: inEachRound(own, passThrough, (a, b) => answered(a) - answered(b)),
        ownCpuRatio: plain === undefined ? null : inEachRound(own, plain, (a, b) => a.cpuMicros / b.cpuMicros),
      };
    }),
  );
}

export function costTable(figures: readonly Figures[]): string {
  return table(
    2,
    [
      "scenario",
      "target",
      "req/s",
      "p50 ms",
      "p99 ms",
      "CPU µs/req",
      "CPU ÷ pass-through",
      "req/s ÷ pass-through",
      "CPU ÷ own plain",
    ],
    figures.map((one) => [
      one.scenario,
      one.target,
      one.requestsPerSecond.toFixed(0),
      one.p50.toFixed(1),
      one.p99.toFixed(1),
      one.cpuMicros.toFixed(0),
      ...(one.target === "pass-through"
        ? ["1", "1", ""]
        : [
            showSpread(one.cpuRatio, 2),
            showSpread(one.speedRatio, 2),
            one.ownCpuRatio === null ? "" : showSpread(one.ownCpuRatio, 2),
          ]),
    ]),
  );
}

export function latencyTable(figures: readonly Figures[]): string {
  return table(
    2,
    ["scenario", "target", "p50 ms", "p99 ms", "first text ms", "ms more than pass-through"],
    figures.map((one) => [
      one.scenario,
      one.target,
      one.p50.toFixed(2),
      one.p99.toFixed(2),
      one.firstText?.toFixed(2) ?? "",
      one.target === "pass-through" ? "" : showSpread(one.addedMs, 2),
    ]),
  );
}

export function startUpTable({ bareNodeMs, firstAnswerMs, beyondNodeMs }: StartUpFigures): string {
  const cells = [bareNodeMs, firstAnswerMs, beyondNodeMs].map((one) => showSpread(one, 0));
  return table(1, ["command", "bare Node ms", "first answer ms", "beyond Node ms"], [["haechi proxy", ...cells]]);
}

export function memoryTable(memory: ReadonlyMap<string, MemoryFigures>): string {
  return table(
    1,
    ["target", "requests of 1 KB", "MB before", "MB after", "MB after as many again"],
    [...memory].map(([target, { requests, readyMb, afterMb, afterTwiceMb }]) => [
      target,
      String(requests),
      ...[readyMb, afterMb, afterTwiceMb].map((mb) => mb.toFixed(0)),
    ]),
  );
}

/** Milliseconds that a reader waits: for the first text where it comes in pieces. */
function answered({ firstText, p50 }: Sample): number {
  return firstText ?? p50;
}

function rate({ requests, seconds }: Sample): number {
  return requests / seconds;
}

function median(samples: readonly Sample[], value: (sample: Sample) => number): number {
  return spread(samples.map(value)).median;
}

function inEachRound(
  own: readonly Sample[],
  other: readonly Sample[],
  comparison: (own: Sample, other: Sample) => number,
): Spread {
  return spread(own.map((sample, round) => comparison(sample, other[round]!)));
}
