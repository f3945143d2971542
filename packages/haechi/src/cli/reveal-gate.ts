import type { Config } from "../config/schema.ts";
import { isHaechiError } from "../core/errors.ts";
import { createRuntime, type Runtime } from "../runtime/create-runtime.ts";
import type { Given, OptionSpec } from "./command.ts";
import { CommandError } from "./command-error.ts";
import type { CliIo } from "./io.ts";
import { passphraseFor } from "./key-passphrase.ts";
import { isGiven } from "./options.ts";

/** The word of the person; that of the configuration is asked for as well. */
export const allowRevealOption: OptionSpec = {
  name: "allow-dev-reveal",
  description: "Yes, show the value in clear. tokenVault.revealPolicy must be local-dev as well.",
};

/** Runs what shows a value in clear. Without the word of the person it runs under a policy that refuses. */
export async function behindRevealGate<T>(
  given: Given,
  config: Config,
  io: CliIo,
  work: (runtime: Runtime) => Promise<T>,
): Promise<T> {
  const isAllowed = isGiven(given, allowRevealOption.name);
  const runtime = createRuntime(isAllowed ? config : withoutReveal(config), {}, await passphraseFor(config, io));
  try {
    return await work(runtime);
  } catch (error) {
    if (isAllowed || !isHaechiError(error, "REVEAL_DISABLED")) throw error;
    throw new CommandError("a value is shown only with --allow-dev-reveal, and tokenVault.revealPolicy local-dev");
  } finally {
    await runtime.close();
  }
}

/** The engine itself refuses, so that the attempt is recorded like every other one. */
function withoutReveal(config: Config): Config {
  return { ...config, tokenVault: { ...config.tokenVault, revealPolicy: "disabled" } };
}
