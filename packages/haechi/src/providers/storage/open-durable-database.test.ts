import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Worker } from "node:worker_threads";

const THREADS = 4;
const ROUNDS = 60;

// All threads meet before each round, and open one new vault at once. Where one fails, none waits for it.
const opener = `
  const { workerData: { folder, shared, module } } = require("node:worker_threads");
  const count = new Int32Array(shared);
  import(module).then(async ({ createSqliteTokenStore }) => {
    for (let round = 0; round < ${ROUNDS}; round++) {
      Atomics.add(count, 0, 1);
      while (Atomics.load(count, 0) < ${THREADS} * (round + 1) && Atomics.load(count, 1) === 0);
      const store = createSqliteTokenStore({ path: folder + "/" + round + ".sqlite" });
      await store.read((view) => [...view.entries()].length);
      await store.close();
    }
  }).catch((error) => { Atomics.store(count, 1, 1); throw error; });
`;

test("a new vault may be opened by several at once", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "haechi-vaults-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const shared = new SharedArrayBuffer(8);
  const module = new URL("./sqlite-token-store.ts", import.meta.url).href;
  const threads = Array.from({ length: THREADS }, () => {
    const thread = new Worker(opener, { eval: true, workerData: { folder, shared, module } });
    const ended = Promise.withResolvers<number>();
    thread.once("error", ended.reject).once("exit", ended.resolve);
    return ended.promise;
  });
  assert.deepEqual(await Promise.all(threads), [0, 0, 0, 0]);
});
