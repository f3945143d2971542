import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { createProcessLock } from "./process-lock.ts";

let directory = "";
let path = "";
beforeEach(() => {
  directory = fs.mkdtempSync(join(tmpdir(), "haechi-lock-"));
  path = join(directory, "owner");
});
afterEach(() => fs.rmSync(directory, { recursive: true }));

describe("createProcessLock", () => {
  it("is held by one at a time, also within a process", async () => {
    const [one, two] = [createProcessLock(path), createProcessLock(path)];
    assert.equal(one.tryAcquire(), true);
    assert.equal(two.tryAcquire(), false);
    assert.equal(await two.acquire(5), false);
    const waiting = two.acquire(5_000);
    one.release();
    assert.equal(await waiting, true);
    one.close();
    two.close();
  });

  it("is wanted when somebody has waited for it since it is held, and by nobody else's time", async () => {
    const [one, two] = [createProcessLock(path), createProcessLock(path)];
    assert.equal(await two.acquire(0), true);
    assert.equal(await one.acquire(5), false);
    two.release();
    assert.equal(one.tryAcquire(), true);
    assert.equal(one.isWanted(), false);
    assert.equal(two.tryAcquire(), false);
    assert.equal(one.isWanted(), false);
    assert.equal(await two.acquire(5), false);
    assert.equal(one.isWanted(), true);
    one.close();
    two.close();
  });

  it("is free again at once when its holder is killed", async () => {
    const script = `
      import { createProcessLock } from ${JSON.stringify(join(import.meta.dirname, "process-lock.ts"))};
      import { writeSync } from "node:fs";
      createProcessLock(${JSON.stringify(path)}).tryAcquire();
      writeSync(1, "held");
      setInterval(() => {}, 1_000);`;
    const child = spawn(process.execPath, ["--input-type=module-typescript", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    const lock = createProcessLock(path);
    assert.equal(lock.tryAcquire(), false);
    child.kill("SIGKILL");
    await once(child, "close");
    assert.equal(lock.tryAcquire(), true);
    lock.close();
    assert.equal(fs.statSync(path).size, 0);
  });
});
