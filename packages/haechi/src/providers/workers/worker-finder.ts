import { HaechiError } from "../../core/errors.ts";
import type { DocumentFinder } from "../../ports/document-finder.ts";
import { FinderWorker, type Job, unavailable } from "./finder-worker.ts";

export interface WorkerFinderOptions {
  /** The program of a worker, which calls `answerQuestions`. */
  readonly program: URL;
  /** What the program makes its rules of; handed to every worker by structured clone. */
  readonly workerData: unknown;
  readonly workersMax: number;
}

/**
 * Finds in documents on worker threads, one document at a time each, in the order in which they
 * come. The first document starts the first worker, and no worker keeps the process alive when it
 * has nothing to do. What was asked of a worker that ends is not answered; the next document gets a new one.
 */
export function createWorkerFinder({ program, workerData, workersMax }: WorkerFinderOptions): DocumentFinder {
  const workers = new Set<FinderWorker>();
  const waiting: Job[] = [];
  let closed = false;

  return {
    find: (document, { signal, ...options }) =>
      new Promise((resolve, reject) => {
        if (closed) throw unavailable("scan_worker_closed");
        signal?.throwIfAborted();
        const leave = () => {
          const place = waiting.indexOf(job);
          if (place !== -1) waiting.splice(place, 1);
          reject(signal!.reason);
        };
        const job: Job = {
          document,
          options,
          settle(answer) {
            signal?.removeEventListener("abort", leave);
            if (answer instanceof HaechiError) reject(answer);
            else resolve(answer);
          },
        };
        signal?.addEventListener("abort", leave, { once: true });
        waiting.push(job);
        assign();
      }),
    async close() {
      closed = true;
      for (const job of waiting.splice(0)) job.settle(unavailable("scan_worker_closed"));
      await Promise.all([...workers].map((worker) => worker.terminate("scan_worker_closed")));
    },
  };

  /** Gives what waits to who has nothing to do. */
  function assign(): void {
    while (waiting.length > 0) {
      try {
        const worker = idleWorker();
        if (worker === null) return;
        worker.take(waiting.shift()!);
      } catch {
        // There is no thread to be had.
        waiting.shift()?.settle(unavailable("scan_worker_failed"));
      }
    }
  }

  function idleWorker(): FinderWorker | null {
    for (const worker of workers) if (!worker.isBusy) return worker;
    if (workers.size >= workersMax) return null;
    const worker: FinderWorker = new FinderWorker(program, workerData, {
      onIdle: assign,
      onEnd() {
        workers.delete(worker);
        if (!closed) assign();
      },
    });
    workers.add(worker);
    return worker;
  }
}
