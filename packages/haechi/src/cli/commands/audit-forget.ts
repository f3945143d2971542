import type { AuditPseudonyms, IdentityName } from "../../engine/audit/audit-pseudonyms.ts";
import type { Runtime } from "../../runtime/create-runtime.ts";
import type { Command, Given, OptionSpec } from "../command.ts";
import { CommandError, usageError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, isGiven, reportOptions, textOf } from "../options.ts";
import { reported } from "../result.ts";
import { withRuntime } from "../with-runtime.ts";

/** Whom a command is about. */
export const identityOptions: readonly OptionSpec[] = [
  { name: "identity", value: "<id>", description: "Id of the identity, such as tok_auth_0123abcd." },
  {
    name: "provider",
    value: "<name>",
    description: "The authenticator that knows it by this id; bearer when left out.",
  },
];

export const auditForget: Command = {
  arguments: [],
  options: [
    ...identityOptions,
    { name: "yes", description: "Yes, do it: nobody will ever again be able to say whose entries they are." },
    configOption,
    ...reportOptions,
  ],
  members: ["ok", "forgotten"],
  exitCodes: [],
  examples: [
    {
      line: "haechi audit forget --identity tok_auth_0123abcd --yes",
      purpose: "Honour a request for deletion: the entries stay and verify, and are nobody's any more.",
    },
  ],
  async run(given, io) {
    const identity = identityOf(given);
    const { config } = readConfigurationAloud(given, io);
    if (!isGiven(given, "yes")) {
      throw new CommandError("what is forgotten can never be brought back; --yes does it");
    }
    const forgotten = await withRuntime(config, io, (runtime) => pseudonymsOf(runtime).forget(identity));
    return reported(
      { ok: forgotten, forgotten },
      ({ paint }) =>
        forgotten
          ? paint.good("Forgotten. Backups of the store of pseudonyms that were made before still know.")
          : paint.bad("The audit log has no pseudonym for this identity."),
      // Whoever names somebody wants them forgotten; the name may have been misspelt.
      forgotten ? 0 : 1,
    );
  },
};

/** @throws CommandError */
export function identityOf(given: Given): IdentityName {
  const id = textOf(given, "identity");
  if (id === undefined) throw usageError("--identity is needed");
  return { id, provider: textOf(given, "provider") ?? "bearer" };
}

/** @throws CommandError where the configuration has none */
export function pseudonymsOf({ pseudonyms }: Runtime): AuditPseudonyms {
  if (pseudonyms === null) throw new CommandError("audit.pseudonyms.enabled is false: the audit log has no pseudonyms");
  return pseudonyms;
}
