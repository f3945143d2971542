import type { StartOptions } from "../runtime/start-gateway.ts";
import { superviseWorkers } from "../runtime/workers/supervise.ts";
import { WorkerLost } from "../runtime/workers/worker-process.ts";
import { CommandError } from "./command-error.ts";
import type { CommandConfiguration } from "./configuration.ts";
import type { CliIo } from "./io.ts";
import { typedPassphrase } from "./key-passphrase.ts";
import type { Service } from "./service.ts";

/**
 * Serves in several processes; this one looks after them.
 * @throws CommandError when they die before they serve
 */
export async function serveWithWorkers(
  configuration: CommandConfiguration,
  count: number,
  options: StartOptions,
  io: CliIo,
): Promise<Service> {
  const passphrase = await typedPassphrase(configuration.config, io);
  // The build writes the name of the bundled program in its place.
  const program = new URL("./worker-program.ts", import.meta.url);
  const supervisor = await superviseWorkers(configuration, { program, count, options, passphrase }).catch(
    (error: unknown) => {
      throw error instanceof WorkerLost ? new CommandError(error.message) : error;
    },
  );
  return {
    ...supervisor,
    lost: supervisor.lost.then(() => ({ kind: "failure", errorName: "WorkerLost" })),
    async close({ kind }) {
      const worst = await supervisor.close();
      return kind === "failure" ? 5 : worst;
    },
  };
}
