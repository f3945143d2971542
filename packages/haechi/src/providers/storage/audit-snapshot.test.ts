import assert from "node:assert/strict";
import fs from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import { takeSnapshot } from "./audit-snapshot.ts";
import { createFileAuditStore } from "./file-audit-store.ts";

describe("takeSnapshot", () => {
  it("shows whole lines up to where the log ended then, and lets others append at once", async (t) => {
    const path = join(await tempFolder(t), "audit.jsonl");
    fs.writeFileSync(path, "one\ntwo\nhalf");
    const snapshot = await takeSnapshot(path);
    fs.appendFileSync(path, " a line\nlater\n");
    const lines: string[] = [];
    const [segment] = snapshot.segments;
    await segment!.readLines(0, (line) => lines.push(String(Buffer.from(line))) > 0);
    await segment!.readLines("one\n".length, (line) => lines.push(String(Buffer.from(line))) > 99);
    assert.deepEqual([lines, segment!.number], [["one", "two", "two"], null]);
    await snapshot.close();
    const again = await takeSnapshot(path);
    await again.close();
  });

  it("waits for whoever appends, and not for ever", async (t) => {
    const path = join(await tempFolder(t), "audit.jsonl");
    const store = createFileAuditStore({ path });
    await store.open();
    await assert.rejects(takeSnapshot(path, 0), { code: "AUDIT_UNWRITABLE", reason: "audit_log_busy" });
    const waiting = takeSnapshot(path);
    await store.release?.();
    const snapshot = await waiting;
    assert.equal(snapshot.segments.length, 1);
    await snapshot.close();
    await store.close();
  });

  it("is empty without a log", async (t) => {
    const snapshot = await takeSnapshot(join(await tempFolder(t), "audit.jsonl"));
    assert.deepEqual(snapshot.segments, []);
    await snapshot.close();
  });
});
