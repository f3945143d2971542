import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, reportOptions } from "../options.ts";
import { reported } from "../result.ts";
import { withRuntime } from "../with-runtime.ts";
import { identityOf, identityOptions, pseudonymsOf } from "./audit-forget.ts";

export const auditPseudonym: Command = {
  arguments: [],
  options: [...identityOptions, configOption, ...reportOptions],
  members: ["ok", "pseudonym"],
  exitCodes: [],
  examples: [
    {
      line: "haechi audit pseudonym --identity tok_auth_0123abcd",
      purpose:
        "What this identity is called in the audit log, for audit search --identity. Recorded, as it says who somebody is.",
    },
  ],
  async run(given, io) {
    const identity = identityOf(given);
    const { config } = readConfigurationAloud(given, io);
    const pseudonym = await withRuntime(config, io, (runtime) => pseudonymsOf(runtime).lookUp(identity));
    return reported(
      { ok: pseudonym !== null, pseudonym },
      ({ paint }) => pseudonym ?? paint.bad("The audit log has no pseudonym for this identity."),
      pseudonym === null ? 1 : 0,
    );
  },
};
