import { setTimeout } from "node:timers/promises";
import { isHaechiError } from "../../core/errors.ts";
import type { Logger } from "../../ports/logger.ts";
import { createPrometheusMetrics } from "../../providers/observability/prometheus-metrics.ts";
import { createSummedMetrics } from "../../providers/observability/summed-metrics.ts";
import { createMemoryRateLimiter } from "../../providers/rate-limit/memory-rate-limiter.ts";
import { systemClock } from "../../providers/system/system-clock.ts";
import { systemRandom } from "../../providers/system/system-random.ts";
import { effectivePolicy } from "../effective-policy.ts";
import { loggerOf } from "../equip-gateway.ts";
import { fileAudit } from "../file-audit.ts";
import { recordFailure } from "../record-failure.ts";
import { createReloads, type ReadConfig } from "../reload.ts";
import { warnOfWeakness } from "../weakness.ts";
import { createBackOff } from "./back-off.ts";
import type { Answers } from "./channel.ts";
import type { OfSupervisor, Started, StartOrder } from "./messages.ts";
import { demandShares, type FoundConfig, reloadWorkers } from "./reload-workers.ts";
import { forkWorker, startWorker, type WorkerExit, WorkerLost, type WorkerProcess } from "./worker-process.ts";

export interface SupervisorOptions {
  /** What a worker process runs. */
  readonly program: URL;
  readonly count: number;
  readonly options: StartOrder["options"];
  /** What a person typed; null where each process finds its own. */
  readonly passphrase: string | null;
}

/** Several processes that serve one port as one gateway. */
export interface Supervisor {
  readonly url: string;
  readonly logger: Logger;
  /** All of them take up what was read, or none. Never rejects. */
  reload(read: ReadConfig<FoundConfig>): Promise<boolean>;
  /** Resolves when none serves any more, and none can be started. */
  readonly lost: Promise<void>;
  /** Drains all of them. @returns the worst of their exit codes */
  close(): Promise<0 | 5>;
}

/**
 * Starts the processes, and starts each again that ends. What they have to do with each other is here: what callers
 * may take, what was counted, and one configuration. They share the files by themselves.
 * @throws HaechiError of a worker that says why it cannot start; WorkerLost
 */
export async function superviseWorkers(found: FoundConfig, given: SupervisorOptions): Promise<Supervisor> {
  const { program, count, passphrase } = given;
  let current = found;
  let { options } = given;
  let standing: StartOrder["standing"] = "current";
  let isEnding = false;
  let failedStarts = 0;
  /** Where the first one serves, and so all. */
  let port: number | null = null;
  let worst: 0 | 5 = 0;
  const serving = new Map<number, WorkerProcess>();
  /** Every process that has not exited, those that drain as well. */
  const alive = new Set<WorkerProcess>();
  const lost = Promise.withResolvers<void>();

  const audit = fileAudit(current.config, systemClock, systemRandom);
  const ports = { audit, clock: systemClock, random: systemRandom };
  const logger = loggerOf({ config: current.config, clock: systemClock });
  const metrics = createPrometheusMetrics();
  const summed = createSummedMetrics();
  const limiter = createMemoryRateLimiter(systemClock);
  const backOffs = Array.from({ length: count }, () => createBackOff(() => performance.now()));

  demandShares(current.config, count);
  const killAll = () => {
    for (const worker of alive) worker.kill();
  };
  // Nobody is left behind, however this process ends as long as it can say so; the others see the pipe close.
  process.once("exit", killAll);

  const slots = Array.from({ length: count }, (_, slot) => slot);
  const [first] = await Promise.all(slots.map(startAtFirst)).catch(async (error: unknown) => {
    isEnding = true;
    killAll();
    await audit.close();
    throw error;
  });
  port = first!.port;
  for (const { level, event, fields } of first!.lines) logger[level](event, fields);

  const reloads = createReloads<FoundConfig>(
    {
      config: () => current.config,
      takeUp,
      tellStanding(configuration) {
        standing = configuration;
        for (const worker of serving.values()) worker.ask("standing", standing, ANSWER_MS).catch(() => undefined);
      },
      warn: () => warnOfWeakness({ config: current.config, policy: effectivePolicy(current.config) }, logger),
    },
    ports,
    { metrics, logger },
  );

  return {
    url: first!.url,
    logger,
    reload: reloads.reload,
    lost: lost.promise,
    async close() {
      isEnding = true;
      await reloads.settle();
      const { shutdownDelayMs, shutdownGraceMs } = current.config.limits;
      for (const worker of alive) worker.ask("close", null, ANSWER_MS).catch(() => undefined);
      const late = setTimeout(shutdownDelayMs + shutdownGraceMs + CLOSE_MS, undefined, { ref: false }).then(killAll);
      await Promise.race([late, Promise.all([...alive].map(({ exited }) => exited))]);
      await Promise.all([...alive].map(({ exited }) => exited));
      await audit.close();
      return worst;
    },
  };

  /** A process for a slot, which serves. */
  async function start(slot: number): Promise<Started> {
    const ordered = current;
    const worker = forkWorker(program, slot, answersTo);
    alive.add(worker);
    void worker.exited.then((exit) => onExit(worker, exit));
    const { path, content } = ordered;
    const order = { file: { path, content }, slot, count, options, passphrase, standing };
    const started = await startWorker(worker, order);
    // When none was left that had the port, a free one is another one.
    const isElsewhere = started.port !== (port ?? started.port);
    if (isElsewhere) options = { ...options, port: port! };
    if (isElsewhere || ordered !== current) {
      worker.kill();
      return await start(slot);
    }
    serving.set(slot, worker);
    failedStarts = 0;
    return started;
  }

  /** Whoever cannot start says why, and that is the end; whoever dies may do better. */
  async function startAtFirst(slot: number): Promise<Started> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await start(slot);
      } catch (error) {
        if (!(error instanceof WorkerLost) || attempt === STARTS_MAX || isEnding) throw error;
        await setTimeout(backOffs[slot]!.next());
      }
    }
  }

  async function replace(slot: number): Promise<void> {
    while (!isEnding) {
      await setTimeout(backOffs[slot]!.next());
      if (isEnding) return;
      try {
        await start(slot);
        logger.info("worker_started", { worker: slot + 1 });
        return;
      } catch (error) {
        if (isEnding) return;
        const isOurs = isHaechiError(error) || error instanceof WorkerLost;
        logger.error("worker_start_failed", { worker: slot + 1, why: isOurs ? error.message : "unknown" });
        failedStarts++;
        if (serving.size === 0 && failedStarts >= STARTS_MAX) lost.resolve();
      }
    }
  }

  function onExit(worker: WorkerProcess, { code, signal }: WorkerExit): void {
    alive.delete(worker);
    summed.forget(worker.id);
    if (isEnding && code !== 0) worst = 5;
    const wasServing = serving.get(worker.slot) === worker;
    if (isEnding || !wasServing) return;
    logger.error("worker_lost", { worker: worker.slot + 1, exitCode: code, signal });
    metrics.increment("haechi_worker_deaths_total");
    // Of a failure that it saw itself it has made a record.
    const policy = effectivePolicy(current.config);
    if (code !== FAILED) void recordFailure({ ...ports, policy }, "worker_lost", logger);
    retire(worker);
  }

  function retire({ slot }: WorkerProcess): void {
    serving.delete(slot);
    void replace(slot);
  }

  function answersTo(worker: WorkerProcess): Answers<OfSupervisor> {
    return {
      async record(event) {
        await audit.record(event);
        return null;
      },
      auditReady: () => audit.ready(),
      take: ({ key, quota, amount }) => limiter.take(key, quota, amount),
      async metrics() {
        await Promise.allSettled([...serving.values()].map(noteSnapshot));
        summed.note(0, await metrics.snapshot());
        return await summed.render();
      },
      failing(snapshot) {
        summed.note(worker.id, snapshot);
        if (serving.get(worker.slot) !== worker || isEnding) return null;
        metrics.increment("haechi_worker_deaths_total");
        retire(worker);
        return null;
      },
    };
  }

  async function noteSnapshot(worker: WorkerProcess): Promise<void> {
    const snapshot = await worker.ask("snapshot", null, ANSWER_MS);
    if (alive.has(worker)) summed.note(worker.id, snapshot);
  }

  async function takeUp(next: FoundConfig): Promise<void> {
    demandShares(next.config, count);
    const changed = await reloadWorkers([...serving.values()], next, () => {
      current = next;
    });
    // Whoever has not done it, or has come to serve meanwhile, begins again under it.
    for (const worker of [...serving.values()].filter((one) => !changed.has(one))) {
      retire(worker);
      worker.kill();
    }
  }
}

const FAILED = 5;
/** How often a process that dies is started before anybody is served by it. */
const STARTS_MAX = 4;
const ANSWER_MS = 1000;
/** What a drain takes beside the time that exchanges are given. */
const CLOSE_MS = 10_000;
