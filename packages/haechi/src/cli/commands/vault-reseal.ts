import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, reportOptions } from "../options.ts";
import { showCount } from "../progress.ts";
import { reported } from "../result.ts";
import { withVault } from "../with-vault.ts";

export const vaultReseal: Command = {
  arguments: [],
  options: [configOption, ...reportOptions],
  members: ["ok", "kid", "resealed", "current", "expired", "unopened"],
  exitCodes: [],
  examples: [
    {
      line: "haechi vault reseal",
      purpose:
        "After keys rotate: seal every token under the active key, so that older keys can be destroyed. The gateway may run meanwhile, and a reseal that was cut off can be run again.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const progress = showCount("tokens", io);
    const outcome = await withVault(config, io, (vault) => vault.reseal(progress.show)).finally(progress.end);
    const ok = outcome.unopened === 0;
    return reported(
      { ok, ...outcome },
      ({ facts, paint }) =>
        [
          facts([
            ["active key", outcome.kid],
            ["sealed anew", String(outcome.resealed)],
            ["under that key already", String(outcome.current)],
            ["past their retention", String(outcome.expired)],
            ["opened by no key here", String(outcome.unopened)],
          ]),
          ok ? paint.good("Every token that is still good is under the active key.") : paint.bad("Some were left."),
        ].join("\n"),
      ok ? 0 : 1,
    );
  },
};
