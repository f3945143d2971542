import { readFileSync } from "node:fs";
import { changedKeys } from "../../config/changed-keys.ts";
import type { Environment } from "../../config/environment.ts";
import { loadConfig } from "../../config/load.ts";
import type { Config } from "../../config/schema.ts";
import type { Logger } from "../../ports/logger.ts";
import type { RateLimiter } from "../../ports/rate-limiter.ts";
import { passphraseSource } from "../../providers/crypto/passphrase-source.ts";
import { gatherLines } from "../../providers/observability/gathered-logger.ts";
import { createPrometheusMetrics } from "../../providers/observability/prometheus-metrics.ts";
import { systemClock } from "../../providers/system/system-clock.ts";
import { systemRandom } from "../../providers/system/system-random.ts";
import { createRuntime, type Runtime } from "../create-runtime.ts";
import { loggerOf } from "../equip-gateway.ts";
import { fileAudit } from "../file-audit.ts";
import type { PreparedReload } from "../reload-gateway.ts";
import { type Serving, startServing } from "../start-gateway.ts";
import { askedAudit } from "./asked-audit.ts";
import { type Ask, openChannel, type Pipe } from "./channel.ts";
import type { ConfigFile, OfSupervisor, OfWorker, StartOrder } from "./messages.ts";
import { shareOfLimits } from "./share-of-limits.ts";

export interface WorkerOptions {
  /** To the supervisor. */
  readonly pipe: Pipe;
  readonly environment: Environment;
  /** Resolves with the class of an error that nobody handled. */
  readonly failed: Promise<string>;
  readonly onServing: (serving: Serving, runtime: Runtime) => void;
}

/**
 * Serves as one process of several, until the supervisor says so or is gone, or something fails.
 * @returns the exit code, once everything is drained
 */
export async function serveAsWorker({ pipe, environment, failed, onServing }: WorkerOptions): Promise<0 | 5> {
  const metrics = createPrometheusMetrics();
  const told = Promise.withResolvers<"closed" | "alone">();
  let starting = null as Promise<Started> | null;
  /** One question about the configuration at a time. */
  let latest: Promise<unknown> = Promise.resolve();
  let prepared: PreparedReload | null = null;
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const done = latest.then(work, work);
    latest = done.catch(() => undefined);
    return done;
  };

  const ask = openChannel<OfSupervisor, OfWorker>(pipe, {
    async start(order) {
      starting = start(order, environment, ask, metrics);
      const { runtime, serving, lines } = await starting;
      onServing(serving, runtime);
      const { host, port, url } = serving.gateway;
      return { host, port, url, lines };
    },
    prepare: (file) =>
      inTurn(async () => {
        const { serving, read } = await started();
        const config = read(file);
        prepared = await serving.reloader.prepare(config, changedKeys(serving.reloader.config(), config));
        return null;
      }),
    settle: (how) =>
      inTurn(async () => {
        const settled = prepared;
        prepared = null;
        if (how === "commit") settled?.commit();
        else await settled?.discard();
        return null;
      }),
    async standing(standing) {
      (await started()).serving.equipment.standing.configuration = standing;
      return null;
    },
    async snapshot() {
      metrics.set?.("haechi_in_flight", (await started()).serving.equipment.inFlight.count);
      return await metrics.snapshot();
    },
    close() {
      told.resolve("closed");
      return null;
    },
  });
  pipe.on("disconnect", () => told.resolve("alone"));

  const ending = await Promise.race([told.promise, failed.then((errorName) => ({ errorName }))]);
  const own = await starting?.catch(() => null);
  if (typeof ending === "object") {
    own?.logger.error("proxy_internal_error", { errorName: ending.errorName });
    metrics.increment("haechi_internal_error_total");
    // The supervisor starts another one while this one drains.
    ask("failing", await metrics.snapshot(), ANSWER_MS).catch(() => undefined);
  } else if (ending === "alone") own?.logger.error("supervisor_lost");
  await own?.serving.gateway.close(typeof ending === "object" ? "failure" : "shutdown");
  await inTurn(async () => prepared?.discard());
  await own?.runtime.close();
  return ending === "closed" ? 0 : 5;

  async function started(): Promise<Started> {
    if (starting === null) throw new Error("The worker was not told to start");
    return await starting;
  }
}

/** A worker that serves. */
interface Started {
  readonly runtime: Runtime;
  readonly serving: Serving;
  readonly logger: Logger;
  /** What the gateway said when it started. */
  readonly lines: ReturnType<ReturnType<typeof gatherLines>["release"]>;
  /** The configuration of a file, with this worker's share of the limits. */
  read(file: ConfigFile): Config;
}

async function start(
  order: StartOrder,
  environment: Environment,
  ask: Ask<OfSupervisor>,
  metrics: ReturnType<typeof createPrometheusMetrics>,
): Promise<Started> {
  const read = (file: ConfigFile) => shareOfLimits(configOf(file, environment), order);
  const config = read(order.file);
  const { passphrase } = order;
  const ownPassphrase = passphraseSource({ environment, file: config.keys.passphraseFile });
  const audit = askedAudit(ask, fileAudit(config, systemClock, systemRandom));
  const runtime = createRuntime(config, { audit }, passphrase === null ? ownPassphrase : () => passphrase);
  const logger = gatherLines(loggerOf({ config, clock: systemClock }), { worker: order.slot + 1 });
  const providers = {
    logger,
    rateLimiter: askedLimiter(ask),
    metrics: { ...metrics, render: () => ask("metrics", null, ANSWER_MS) },
  };
  const serving = await startServing(runtime, providers, order.options);
  serving.equipment.standing.configuration = order.standing;
  return { runtime, serving, logger, lines: logger.release(), read };
}

function configOf({ path, content }: ConfigFile, environment: Environment): Config {
  const readFile = (file: string) => (file === path ? Buffer.from(content) : readFileSync(file));
  return loadConfig({ path, environment, readFile }).config;
}

/** What all workers may give out is counted in one place; what that does not say in time is a refusal. */
function askedLimiter(ask: Ask<OfSupervisor>): RateLimiter {
  const take: NonNullable<RateLimiter["take"]> = (key, quota, amount) => ask("take", { key, quota, amount }, ANSWER_MS);
  return { take, allow: async (key, limit) => (await take(key, { limit, windowS: 60 }, 1)).isAllowed };
}

/** A supervisor does nothing else; what takes longer is down. */
const ANSWER_MS = 2000;
