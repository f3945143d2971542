// A process to be killed: issues vault tokens until it dies, and prints the ids of each
// batch after it has been told that they are durable.
import { writeSync } from "node:fs";
import { openVault } from "./open-vault.ts";

const { vault } = openVault(process.argv[2]!);
for (let number = 0; ; number += 3) {
  const values = [number, number + 1, number + 2].map((each) => `person.${each}@example.org`);
  const tokens = await vault.tokenizeAll(
    values.map((plaintext) => ({ plaintext, type: "email", path: "key_0123456789ab", ruleId: "email" })),
  );
  writeSync(1, `${tokens.map(({ id }) => id).join("\n")}\n`);
}
