import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { HaechiError } from "../../core/errors.ts";
import { ChannelError } from "./channel.ts";
import { reloadWorkers } from "./reload-workers.ts";
import type { WorkerProcess } from "./worker-process.ts";

const FILE = { path: "haechi.config.json", content: Buffer.from("{}") };
const GONE = new ChannelError("gone", { isClosed: true, wasSent: true });
const SILENT = new ChannelError("silent", { isClosed: false, wasSent: true });

/** How a worker takes a configuration, when it is to be made ready and when it is to begin. */
const behaviour = fc.record({
  prepare: fc.constantFrom("ready", "refuses", "gone", "silent"),
  commit: fc.constantFrom("begins", "gone", "silent"),
});

describe("a reload of several workers", () => {
  it("is begun by all that can or by none, and none begins before all are ready", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(behaviour, { minLength: 1, maxLength: 5 }), async (behaviours) => {
        const told: string[] = [];
        const workers = behaviours.map(({ prepare, commit }, id) => workerThat(prepare, commit, told, id));
        let isDecided = false;
        const reloaded = await reloadWorkers(workers, FILE, () => {
          assert.equal(told.filter((what) => what.startsWith("prepare")).length, workers.length);
          isDecided = true;
        }).catch(() => null);
        const isRefused = behaviours.some(({ prepare }) => prepare === "refuses" || prepare === "silent");
        assert.deepEqual([reloaded === null, isDecided], [isRefused, !isRefused]);
        const settled = told.filter((what) => !what.startsWith("prepare"));
        assert.deepEqual(
          settled,
          workers.map(({ id }) => `${isRefused ? "discard" : "commit"} ${id}`),
        );
        if (reloaded === null) return;
        const began = workers.filter((_, at) => behaviours[at]!.commit === "begins");
        assert.deepEqual([...reloaded], began);
      }),
    );
  });

  it("says why the first refuses", async () => {
    const workers = [workerThat("ready", "begins", [], 0), workerThat("refuses", "begins", [], 1)];
    await assert.rejects(reloadWorkers(workers, FILE, assert.fail), { code: "CONFIG_INVALID", message: "1 refuses" });
  });
});

function workerThat(prepare: string, commit: string, told: string[], id: number): WorkerProcess {
  const ask = async (name: string, asks: unknown) => {
    told.push(name === "prepare" ? `prepare ${id}` : `${asks} ${id}`);
    const how = name === "prepare" ? prepare : asks === "commit" ? commit : "discards";
    if (how === "refuses") throw new HaechiError("CONFIG_INVALID", `${id} refuses`);
    if (how === "gone") throw GONE;
    if (how === "silent") throw SILENT;
    return null;
  };
  // No other question is asked here.
  return { id, slot: id, ask: ask as WorkerProcess["ask"], exited: new Promise(() => {}), kill: assert.fail };
}
