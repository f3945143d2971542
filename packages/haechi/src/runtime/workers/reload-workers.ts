import type { LoadedConfig } from "../../config/load.ts";
import { configInvalid } from "../../config/problem.ts";
import type { Config } from "../../config/schema.ts";
import { ChannelError } from "./channel.ts";
import type { ConfigFile } from "./messages.ts";
import type { WorkerProcess } from "./worker-process.ts";

/** A configuration with the bytes that it was read from. */
export interface FoundConfig extends LoadedConfig, ConfigFile {}

/**
 * Has all workers take up a configuration, or none of them: each makes it ready, and only when all have does one begin.
 * @param decided called between the two; from then on there is no way back
 * @returns those that serve with it
 * @throws HaechiError of the first that refuses
 */
export async function reloadWorkers(
  workers: readonly WorkerProcess[],
  { path, content }: ConfigFile,
  decided: () => void,
): Promise<ReadonlySet<WorkerProcess>> {
  const file = { path, content };
  const answers = await Promise.allSettled(workers.map((worker) => worker.ask("prepare", file, PREPARE_MS)));
  const refusals = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason as unknown] : []));
  // Who has ended meanwhile begins again with whatever is in effect then.
  const refusal = refusals.find((error) => !(error instanceof ChannelError && error.isClosed));
  if (refusal !== undefined) {
    await settle(workers, "discard");
    throw refusal;
  }
  decided();
  return await settle(workers, "commit");
}

/** Those that did it. */
async function settle(workers: readonly WorkerProcess[], how: "commit" | "discard"): Promise<Set<WorkerProcess>> {
  const settled = new Set<WorkerProcess>();
  const settleOne = async (worker: WorkerProcess) => {
    await worker.ask("settle", how, SETTLE_MS);
    settled.add(worker);
  };
  await Promise.allSettled(workers.map(settleOne));
  return settled;
}

/**
 * Refuses a configuration that has less than one exchange for each process; where their number follows from the
 * machine, the configuration alone does not show it.
 * @throws HaechiError CONFIG_INVALID
 */
export function demandShares({ limits }: Config, count: number): void {
  if (limits.maxInFlight === 0 || limits.maxInFlight >= count) return;
  const message = `expected 0 or at least ${count}, one exchange for each process`;
  throw configInvalid("the configuration", [{ path: "limits.maxInFlight", message }]);
}

/** Rules are compiled meanwhile, by all at once. */
const PREPARE_MS = 30_000;
const SETTLE_MS = 5000;
