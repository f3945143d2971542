// A process to be killed: restores one backup after the other into a vault, each in
// place of what is there, and says after each which one it was.
import { writeSync } from "node:fs";
import { restoreVault } from "../../src/providers/storage/vault-file.ts";

const [path, ...backups] = process.argv.slice(2);
for (let number = 0; ; number++) {
  const backup = backups[number % backups.length]!;
  restoreVault(path!, backup, { others: "drop", now: new Date().toISOString() });
  writeSync(1, `${backup}\n`);
}
