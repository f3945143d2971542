// What a new vault token costs when the vault is empty and when it is full:
// `node packages/haechi/bench/vault.ts [tokens]`, a million when left out.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTokenVault, type TokenVault } from "../src/engine/vault/token-vault.ts";
import { initKeyFile } from "../src/providers/crypto/key-file.ts";
import { createLocalCryptoProvider } from "../src/providers/crypto/local-crypto-provider.ts";
import { createSqliteTokenStore } from "../src/providers/storage/sqlite-token-store.ts";
import { systemClock } from "../src/providers/system/system-clock.ts";
import { systemRandom } from "../src/providers/system/system-random.ts";

const TOKENS = Number(process.argv[2] ?? 1_000_000);
/** Documents that are protected at the same time, with one value each. */
const CALLERS = 16;
const ROUNDS = 7;
const MEASURED = 4_000;
const FILLED_AT_ONCE = 1_000;

const ports = { clock: systemClock, random: systemRandom };
const directory = mkdtempSync(join(tmpdir(), "haechi-bench-"));
const keyFile = join(directory, "keys.json");
const path = join(directory, "vault.sqlite");
await initKeyFile(keyFile, ports);
const store = createSqliteTokenStore({ path });
const vault = createTokenVault({
  store,
  crypto: createLocalCryptoProvider({ keyFile, ...ports }),
  audit: {
    record: () => Promise.reject(new Error("issuing a token is no event of its own")),
    ready: async () => ({ ok: true }),
    close: async () => undefined,
  },
  ...ports,
  retentionDays: 30,
  deterministic: false,
  deterministicTypes: null,
  revealPolicy: "disabled",
});
try {
  let issued = 0;
  await issue(vault, MEASURED);
  const empty = await measure("empty");
  while (issued < TOKENS) {
    const values = Array.from({ length: FILLED_AT_ONCE }, () => request(++issued));
    await vault.tokenizeAll(values);
  }
  const full = await measure(`with ${issued.toLocaleString("en")} tokens`);
  const size = (statSync(path).size / 2 ** 20).toFixed(0);
  console.log(
    `CPU ÷ empty: ${(full.cpu / empty.cpu).toFixed(2)}, time ÷ empty: ${(full.time / empty.time).toFixed(2)}, ${size} MiB on the disk`,
  );
} finally {
  await store.close();
  rmSync(directory, { recursive: true });
}

/** Microseconds a token, the median of rounds: other programs run on this machine too. */
async function measure(name: string): Promise<{ readonly cpu: number; readonly time: number }> {
  const cpus: number[] = [];
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const cpuBefore = process.cpuUsage();
    const start = performance.now();
    await issue(vault, MEASURED);
    times.push(((performance.now() - start) * 1000) / MEASURED);
    const { user, system } = process.cpuUsage(cpuBefore);
    cpus.push((user + system) / MEASURED);
  }
  const [cpu, time] = [median(cpus), median(times)];
  console.log(`${name}: ${cpu.toFixed(1)} µs CPU and ${time.toFixed(1)} µs per new token, ${CALLERS} callers`);
  return { cpu, time };
}

function median(samples: readonly number[]): number {
  return samples.toSorted((one, other) => one - other)[samples.length >> 1]!;
}

async function issue(into: TokenVault, count: number): Promise<void> {
  const caller = async (first: number) => {
    for (let number = first; number < count; number += CALLERS) await into.tokenizeAll([request(number)]);
  };
  await Promise.all(Array.from({ length: CALLERS }, (_, first) => caller(first)));
}

function request(number: number) {
  return {
    plaintext: `person.${number}@example.org`,
    type: "email",
    path: "key_0123456789ab.[0].key_ba9876543210",
    ruleId: "email",
  } as const;
}
