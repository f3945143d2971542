// The program of a process that serves with others, started by `superviseWorkers`.
import cluster from "node:cluster";
import { serveAsWorker } from "../runtime/workers/serve-as-worker.ts";
import { deferLoopCompilation } from "./defer-loop-compilation.ts";
import { runWhenIdle } from "./run-when-idle.ts";
import { slowHeapGrowth } from "./slow-heap-growth.ts";
import { onUnhandledFailure } from "./termination.ts";

// A reader that goes away, such as `head`, is no failure of the program.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
// A terminal, and systemd, send a signal to every process of a service. The supervisor says what it means.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => undefined);
// Otherwise Node ends the process at once when the supervisor is gone, in the middle of exchanges.
if (cluster.worker !== undefined) cluster.worker.exitedAfterDisconnect = true;
slowHeapGrowth();
deferLoopCompilation();
const exitCode = await serveAsWorker({
  pipe: {
    send: (message, sent) => process.send?.(message, undefined, undefined, sent),
    on: (event: "message" | "disconnect", listener: (message?: unknown) => void) => process.on(event, listener),
  },
  environment: process.env,
  failed: new Promise((resolve) => onUnhandledFailure(process, resolve)),
  onServing: ({ gateway }, { haechi }) => runWhenIdle(haechi.warmUp, gateway),
});
// What is written has left before the process does.
process.stdout.write("", () => process.exit(exitCode));
