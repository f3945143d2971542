import assert from "node:assert/strict";
import fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { describe, it } from "node:test";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import { createFileCheckpointSink } from "./file-checkpoint-sink.ts";
import { createStdoutCheckpointSink } from "./stdout-checkpoint-sink.ts";

const anchor = (sequence: number) => ({ sequence, eventHash: "h", timestamp: "2030-01-01T00:00:00.000Z" });
const line = (sequence: number) => `{"eventHash":"h","sequence":${sequence},"timestamp":"2030-01-01T00:00:00.000Z"}\n`;

describe("createFileCheckpointSink", () => {
  it("appends anchors in order, one a line, behind a line that was torn", async () => {
    const directory = fs.mkdtempSync(join(tmpdir(), "haechi-anchors-"));
    const path = join(directory, "new", "anchors.jsonl");
    const sink = createFileCheckpointSink(path);
    assert.equal(fs.existsSync(path), true);
    await Promise.all([1, 2, 3].map((sequence) => sink.publish(anchor(sequence))));
    await sink.publish(anchor(4));
    await sink.close();
    fs.appendFileSync(path, '{"torn');
    const reopened = createFileCheckpointSink(path);
    await reopened.publish(anchor(5));
    await reopened.close();
    assert.equal(fs.readFileSync(path, "utf8"), `${line(1)}${line(2)}${line(3)}${line(4)}{"torn\n${line(5)}`);
    assert.equal(fs.statSync(path).mode & 0o777, 0o600);
    fs.rmSync(directory, { recursive: true });
  });

  it("says when an anchor did not reach the disk whole, and goes on with the next", async (t) => {
    const path = join(await tempFolder(t), "anchors.jsonl");
    const sink = createFileCheckpointSink(path);
    // The last argument of both calls is the callback.
    const answering =
      (error: Error | null, written = line(1).length) =>
      (...given: unknown[]) =>
        process.nextTick(given.at(-1) as () => void, error, written);
    t.mock.method(fs, "write", answering(new Error("ENOSPC")), { times: 1 });
    await assert.rejects(sink.publish(anchor(1)), /ENOSPC/);
    t.mock.method(fs, "write", answering(null, line(1).length - 1), { times: 1 });
    await assert.rejects(sink.publish(anchor(1)), /only a part/);
    t.mock.method(fs, "write", answering(null), { times: 1 });
    t.mock.method(fs, "fdatasync", answering(new Error("EIO")), { times: 1 });
    await assert.rejects(sink.publish(anchor(1)), /EIO/);
    await sink.publish(anchor(2));
    await sink.close();
    assert.equal(fs.readFileSync(path, "utf8"), line(2));
  });
});

describe("createStdoutCheckpointSink", () => {
  it("prints one line per anchor, and says when that fails", async () => {
    let printed = "";
    const output = new Writable({
      write(chunk, _encoding, done) {
        printed += chunk;
        done(printed.length > 100 ? new Error("EPIPE") : null);
      },
    });
    output.on("error", () => {});
    const sink = createStdoutCheckpointSink(output);
    await sink.publish(anchor(1));
    assert.equal(printed, line(1));
    await assert.rejects(sink.publish(anchor(2)));
    await sink.close();
  });
});
