import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { initKeyFile, readKeyRing } from "../../src/providers/crypto/key-file.ts";
import { createLocalCryptoProvider } from "../../src/providers/crypto/local-crypto-provider.ts";
import { systemClock } from "../../src/providers/system/system-clock.ts";
import { systemRandom } from "../../src/providers/system/system-random.ts";
import { linesUntilKilled } from "../support/lines-until-killed.ts";
import { tempFolder } from "../support/temp-folder.ts";

const PROGRAM = join(import.meta.dirname, "rotate-for-ever.ts");
const KILLS = Number(process.env.HAECHI_KILLS ?? 5);
const ports = { clock: systemClock, random: systemRandom };

it("loses no key to a process that is killed while it rotates, and needs no repair by hand", async (test) => {
  const folder = await tempFolder(test);
  const keyFile = join(folder, "keys.json");
  await initKeyFile(keyFile, ports);
  const { hmacRoot } = readKeyRing(keyFile);
  const sealed = await createLocalCryptoProvider({ keyFile, ...ports }).encrypt({ plaintext: "x", aad: {} });
  const acknowledged: string[] = [];
  for (let kill = 1; kill <= KILLS; kill++) {
    acknowledged.push(...(await linesUntilKilled(PROGRAM, keyFile, (kill % 7) + 1)));
    const { keys, hmacRoot: root } = readKeyRing(keyFile);
    assert.deepEqual(
      acknowledged.filter((kid) => !keys.has(kid)),
      [],
    );
    assert.deepEqual(root, hmacRoot);
    const provider = createLocalCryptoProvider({ keyFile, ...ports });
    assert.equal(await provider.decrypt({ envelope: sealed, aad: {} }), "x");
  }
  // The next start has taken away what the last kill left of a replacement.
  assert.deepEqual(readdirSync(folder).sort(), ["keys.json", "keys.json.owner", "keys.json.usage"]);
});
