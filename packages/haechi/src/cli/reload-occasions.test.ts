import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { tempFolder } from "../../test/support/temp-folder.ts";
import { reloadOccasions } from "./reload-occasions.ts";

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
    const { signals, calls, occasions } = await watched(test);
    signals.emit("SIGHUP");
    assert.equal(calls(), 1);
    occasions.end();
    assert.equal(signals.listenerCount("SIGHUP"), 0);
  });

  it("once it can be, when that was asked for before", () => {
    const signals = new EventEmitter();
    const occasions = reloadOccasions(signals as unknown as NodeJS.Process);
    signals.emit("SIGHUP");
    signals.emit("SIGHUP");
    let calls = 0;
    occasions.begin(() => {
      calls++;
    });
    assert.equal(calls, 1);
    occasions.end();
  });
});

async function watched(test: TestContext) {
  const path = join(await tempFolder(test), "haechi.config.json");
  writeFileSync(path, "text");
  const signals = new EventEmitter();
  let calls = 0;
  let next = Promise.withResolvers<void>();
  // Only the two methods that the occasions use are there.
  const occasions = reloadOccasions(signals as unknown as NodeJS.Process);
  occasions.watch(path, 20);
  occasions.begin(() => {
    calls++;
    next.resolve();
  });
  // The watch itself keeps no process alive.
  const alive = setInterval(() => {}, 1000);
  test.after(() => {
    clearInterval(alive);
    occasions.end();
  });
  return {
    path,
    signals,
    occasions,
    calls: () => calls,
    async called() {
      await next.promise;
      next = Promise.withResolvers();
    },
  };
}
