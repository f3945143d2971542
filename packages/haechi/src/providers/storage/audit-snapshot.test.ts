import assert from "node:assert/strict";
import fs from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import { closedSegmentPath } from "./audit-segments.ts";
import { takeSnapshot } from "./audit-snapshot.ts";
import { createFileAuditStore } from "./file-audit-store.ts";

/** The files that this process has open, on Linux. */
const OPEN_FILES = "/proc/self/fd";

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
    await segment!.readLines("one\ntwo\nhalf a line\n".length, () => assert.fail("that line came later"));
    await snapshot.close();
    const again = await takeSnapshot(path);
    await again.close();
  });

  it("lets go of a closed segment as soon as it has been read", { skip: !fs.existsSync(OPEN_FILES) }, async (t) => {
    const path = join(await tempFolder(t), "audit.jsonl");
    const closed = closedSegmentPath(path, 1);
    fs.writeFileSync(closed, "one\ntwo\n");
    fs.writeFileSync(path, "three\n");
    const snapshot = await takeSnapshot(path);
    const isOpen = () => fs.readdirSync(OPEN_FILES).some((fd) => linkTo(join(OPEN_FILES, fd)) === closed);
    const seen: boolean[] = [];
    await snapshot.segments[0]!.readLines(0, () => seen.push(isOpen()) < 2);
    assert.deepEqual([seen, isOpen()], [[true, true], false]);
    await snapshot.close();
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

/** What was open while the folder was read may be closed by now. */
function linkTo(path: string): string | null {
  try {
    return fs.readlinkSync(path);
  } catch {
    return null;
  }
}
