import type { ChildProcess } from "node:child_process";
import cluster from "node:cluster";
import { fileURLToPath } from "node:url";
import { type Answers, type Ask, ChannelError, openChannel } from "./channel.ts";
import type { OfSupervisor, OfWorker, Started, StartOrder } from "./messages.ts";

/** A process that serves, or is about to, as its supervisor sees it. */
export interface WorkerProcess {
  /** No other one has the same, one in the same slot neither. */
  readonly id: number;
  readonly slot: number;
  readonly ask: Ask<OfWorker>;
  readonly exited: Promise<WorkerExit>;
  kill(): void;
}

export interface WorkerExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/** A process ended before it served. */
export class WorkerLost extends Error {
  override readonly name = "WorkerLost";
}

/** Starts a process of a program that calls `serveAsWorker`. */
export function forkWorker(
  program: URL,
  slot: number,
  answersTo: (worker: WorkerProcess) => Answers<OfSupervisor>,
): WorkerProcess {
  // The pipe carries bytes as they are. Who listens with others gets its connections one by one, in turn.
  cluster.setupPrimary({ exec: fileURLToPath(program), args: [], serialization: "advanced" });
  cluster.schedulingPolicy = cluster.SCHED_RR;
  const forked = cluster.fork();
  const { process: child } = forked;
  // A process that could not be started at all says so by an error, and exits as well.
  child.on("error", () => {});
  closeWhatIsInTransit(child);
  const worker: WorkerProcess = {
    id: forked.id,
    slot,
    exited: new Promise((resolve) => child.once("exit", (code, signal) => resolve({ code, signal }))),
    kill: () => void child.kill("SIGKILL"),
    ask: (...question) => ask(...question),
  };
  const pipe = {
    send: (message: object, sent: (error: Error | null) => void) => child.send(message, sent),
    on: (event: "message" | "disconnect", listener: (message?: unknown) => void) => forked.on(event, listener),
  };
  const ask = openChannel<OfWorker, OfSupervisor>(pipe, answersTo(worker));
  return worker;
}

/**
 * Closes the connection that a process was being handed when it ended. Node keeps it open until the process says that it
 * has it, so its client would wait for ever.
 */
function closeWhatIsInTransit(child: ChildProcess): void {
  const send = child.send.bind(child) as (message: unknown, handle?: unknown, ...rest: unknown[]) => boolean;
  let latest: unknown = null;
  // One at a time is on its way. Closing one that has arrived, and is closed here, does nothing.
  Object.assign(child, {
    send(message: unknown, handle?: unknown, ...rest: unknown[]) {
      if (typeof handle === "object" && handle !== null && "close" in handle) latest = handle;
      return send(message, handle, ...rest);
    },
  });
  child.once("exit", () => (latest as { close(): void } | null)?.close());
}

/**
 * Has a process serve.
 * @throws WorkerLost when it ends instead; HaechiError when it says why it cannot
 */
export async function startWorker(worker: WorkerProcess, order: StartOrder): Promise<Started> {
  try {
    return await worker.ask("start", order, START_MS);
  } catch (error) {
    worker.kill();
    if (!(error instanceof ChannelError)) throw error;
    const { code, signal } = await worker.exited;
    const how = error.isClosed ? (signal === null ? `exit code ${code}` : `signal ${signal}`) : error.message;
    throw new WorkerLost(`a worker process ended before it served (${how})`);
  }
}

const START_MS = 60_000;
