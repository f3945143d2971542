import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { inspectRecords } from "../../src/engine/vault/vault-inspection.ts";
import type { CryptoProvider } from "../../src/ports/crypto-provider.ts";
import { initKeyFile } from "../../src/providers/crypto/key-file.ts";
import { backUpVault, openVaultFile } from "../../src/providers/storage/vault-file.ts";
import { systemClock } from "../../src/providers/system/system-clock.ts";
import { systemRandom } from "../../src/providers/system/system-random.ts";
import { startProgram } from "../support/program-to-kill.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { openVault } from "./open-vault.ts";

const KILLS = Number(process.env.HAECHI_KILLS ?? 5);
const ports = { clock: systemClock, random: systemRandom };

describe("a vault", () => {
  it("is backed up whole while another process issues tokens: none that was issued before is missing", async (test) => {
    const folder = await tempFolder(test);
    await initKeyFile(join(folder, "keys.json"), ports);
    const writer = startProgram(test, "tokenize-for-ever.ts", folder);
    const { path, crypto, close } = openVault(folder);
    for (let number = 1; number <= KILLS; number++) {
      await writer.linesAfter(30);
      const issued = writer.lines();
      const backup = join(folder, `backup-${number}.sqlite`);
      const tokens = backUpVault(path, backup);
      assert.ok(tokens >= issued.length);
      const held = await checkedIds(backup, crypto);
      assert.deepEqual(
        issued.filter((id) => !held.has(id)),
        [],
      );
      // Tokens of one document are issued together, so a moment holds all three or none.
      assert.equal(held.size % 3, 0);
    }
    await close();
    await writer.kill();
  });

  it("loses no issued token to a process that is killed, and needs no repair by hand", async (test) => {
    const folder = await tempFolder(test);
    await initKeyFile(join(folder, "keys.json"), ports);
    const issued: string[] = [];
    for (let kill = 1; kill <= KILLS; kill++) {
      const writer = startProgram(test, "tokenize-for-ever.ts", folder);
      await writer.linesAfter(10 * kill);
      await writer.kill();
      issued.push(...writer.lines());
      const { path, crypto, close } = openVault(folder);
      const held = await checkedIds(path, crypto);
      assert.deepEqual(
        issued.filter((id) => !held.has(id)),
        [],
      );
      await close();
    }
  });

  it("is the one before or the one restored when the process that restores it is killed", async (test) => {
    const folder = await tempFolder(test);
    await initKeyFile(join(folder, "keys.json"), ports);
    const { path, vault, crypto, close } = openVault(folder);
    const backups: string[] = [];
    const contents: string[] = [];
    for (const count of [200, 300]) {
      const values = Array.from({ length: count }, (_, i) => `${count}.${i}@example.org`);
      await vault.tokenizeAll(values.map((plaintext) => ({ plaintext, type: "email", path: "", ruleId: "email" })));
      const backup = join(folder, `backup-${count}.sqlite`);
      backUpVault(path, backup);
      backups.push(backup);
      contents.push([...(await checkedIds(backup, crypto))].sort().join());
    }
    await close();
    for (let kill = 1; kill <= KILLS; kill++) {
      const restorer = startProgram(test, "restore-for-ever.ts", path, ...backups);
      await restorer.linesAfter((kill % 4) + 1);
      await restorer.kill();
      assert.ok(contents.includes([...(await checkedIds(path, crypto))].sort().join()));
    }
    const left = readdirSync(folder).filter((name) => !name.startsWith("vault.sqlite"));
    assert.deepEqual(left.sort(), [
      "backup-200.sqlite",
      "backup-300.sqlite",
      "keys.json",
      "keys.json.owner",
      "keys.json.usage",
    ]);
  });
});

/** The ids of a vault file that is whole, and opens with the keys. */
async function checkedIds(path: string, crypto: CryptoProvider): Promise<ReadonlySet<string>> {
  const file = openVaultFile(path);
  try {
    assert.deepEqual(file.problems, []);
    const entries = [...file.entries()];
    const { damaged, unopened } = await inspectRecords(entries, { crypto, clock: systemClock });
    assert.deepEqual([damaged, unopened], [0, 0]);
    return new Set(entries.map(([id]) => id));
  } finally {
    file.close();
  }
}
