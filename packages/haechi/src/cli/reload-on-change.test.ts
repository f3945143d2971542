import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { tempFolder } from "../../test/support/temp-folder.ts";
import { reloadOnChange } from "./reload-on-change.ts";

describe("a configuration is read again", () => {
  it("when its file is changed, and when another one takes its place", async (test) => {
    const { path, called } = await watched(test);
    writeFileSync(path, "other text");
    await called();
    writeFileSync(`${path}.new`, "a third text");
    renameSync(`${path}.new`, path);
    await called();
  });

  it("at SIGHUP, and no more once that was ended", async (test) => {
    const { signals, calls, stop } = await watched(test);
    signals.emit("SIGHUP");
    assert.equal(calls(), 1);
    stop();
    assert.equal(signals.listenerCount("SIGHUP"), 0);
  });
});

async function watched(test: TestContext) {
  const path = join(await tempFolder(test), "haechi.config.json");
  writeFileSync(path, "text");
  const signals = new EventEmitter();
  let calls = 0;
  let next = Promise.withResolvers<void>();
  // Only the two methods that the watch uses are there.
  const target = signals as unknown as NodeJS.Process;
  const stop = reloadOnChange({ signals: target, path, intervalMs: 20 }, () => {
    calls++;
    next.resolve();
  });
  test.after(stop);
  return {
    path,
    signals,
    stop,
    calls: () => calls,
    async called() {
      await next.promise;
      next = Promise.withResolvers();
    },
  };
}
