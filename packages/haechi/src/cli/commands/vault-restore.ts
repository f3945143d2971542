import { restoreVault } from "../../providers/storage/vault-file.ts";
import type { Command, Given } from "../command.ts";
import { CommandError, usageError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, isGiven, reportOptions } from "../options.ts";
import { reported } from "../result.ts";
import { type CheckedVault, checkVault, isWhole, recordedForVault } from "../vault-operations.ts";
import { withRuntime } from "../with-runtime.ts";

export const vaultRestore: Command = {
  arguments: [{ name: "file", description: "A backup that vault backup wrote." }],
  options: [
    configOption,
    { name: "keep", description: "Keep tokens of the vault that the backup lacks." },
    { name: "drop", description: "Drop them: the vault is then what the backup is." },
    { name: "force", description: "Restore too what no key here opens." },
    ...reportOptions,
  ],
  members: ["path", "tokens"],
  exitCodes: [],
  examples: [
    {
      line: "haechi vault restore vault.backup.sqlite",
      purpose: "Look through the backup, then put its tokens into the vault at one stroke.",
    },
    {
      line: "haechi vault restore vault.backup.sqlite --keep",
      purpose: "The same where the vault has issued tokens since.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const others = othersOf(given);
    const { path } = config.tokenVault;
    const backup = given.arguments[0]!;
    const tokens = await withRuntime(config, io, (runtime) =>
      recordedForVault(runtime, "restore", async () => {
        requireUsable(await checkVault(backup, runtime), isGiven(given, "force"));
        return restoreVault(path, backup, { others, now: new Date(runtime.clock.now()).toISOString() });
      }),
    );
    return reported({ path, tokens }, ({ paint }) =>
      paint.good(`Tokens of the backup that are in the vault: ${tokens}.`),
    );
  },
};

function othersOf(given: Given): "keep" | "drop" | null {
  const [keep, drop] = [isGiven(given, "keep"), isGiven(given, "drop")];
  if (keep && drop) throw usageError("vault restore takes either --keep or --drop");
  if (keep) return "keep";
  return drop ? "drop" : null;
}

function requireUsable(check: CheckedVault, isForced: boolean): void {
  if (isWhole(check)) return;
  const { problems, damaged, unopened } = check;
  if (problems.length > 0 || damaged > 0) throw new CommandError("the backup is damaged; nothing was changed");
  if (isForced) return;
  throw new CommandError(`no key here opens ${unopened} tokens of the backup; --force restores them all the same`);
}
