import type { Config } from "../config/schema.ts";
import { createRuntime, type Runtime } from "../runtime/create-runtime.ts";
import type { CliIo } from "./io.ts";
import { passphraseFor } from "./key-passphrase.ts";

/** Gives `work` the runtime of a configuration, its keys open, and lets go of its files afterwards. */
export async function withRuntime<T>(
  config: Config,
  io: CliIo,
  work: (runtime: Runtime) => T | Promise<T>,
): Promise<T> {
  const runtime = createRuntime(config, {}, await passphraseFor(config, io));
  try {
    return await work(runtime);
  } finally {
    await runtime.close();
  }
}
