import assert from "node:assert/strict";
import fs from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { tempFolder } from "../../../test/support/temp-folder.ts";
import { formatCheckpoint } from "../../core/audit/checkpoint.ts";
import { appendCheckpoint, readCheckpoint, readCheckpoints } from "./checkpoint-file.ts";
import { createNoteKeyFile, type NoteSigner, readNoteSigner } from "./note-signer.ts";

describe("a file of checkpoints", () => {
  it("gives back what was appended, whatever a crash left behind it", async (t) => {
    const { folder, signer } = await start(t);
    const path = join(folder, "new", "log.checkpoints");
    const note = noteOf(signer, 1);
    for (let cut = 0; cut <= note.length; cut++) {
      fs.rmSync(path, { force: true });
      await appendCheckpoint(path, note);
      fs.appendFileSync(path, note.slice(0, cut));
      assert.deepEqual(sizesIn(path, signer), [1], `cut at ${cut}`);
      await appendCheckpoint(path, noteOf(signer, 2));
      assert.deepEqual(sizesIn(path, signer), [1, 2], `cut at ${cut}`);
    }
    assert.equal(fs.statSync(path).mode & 0o777, 0o600);
  });

  it("is refused with anything in it that this key did not sign", async (t) => {
    const { folder, signer } = await start(t);
    const path = join(folder, "log.checkpoints");
    const own = noteOf(signer, 1);
    const foreign = noteOf(signerIn(folder, signer.log), 2);
    const ofAnotherLog = signer.sign(formatCheckpoint({ ...checkpointOf(signer, 2), log: "example.org/other" }));
    for (const other of [foreign, ofAnotherLog, signer.sign("no checkpoint\n"), "no note\n\nat all\n"]) {
      for (const text of [`${own}\n${other}\n`, `${other}\n${own}\n`]) {
        fs.writeFileSync(path, text);
        assert.throws(() => readCheckpoints(path, signer.key), { code: "LOG_INCONSISTENT" });
      }
    }
  });

  it("is refused when the space between text and signature of its last note was taken away", async (t) => {
    const { folder, signer } = await start(t);
    const path = join(folder, "log.checkpoints");
    const signed = noteOf(signer, 1);
    fs.writeFileSync(path, `${signed.replace("\n\n", "\n")}\n`);
    assert.throws(() => readCheckpoints(path, signer.key), { code: "LOG_INCONSISTENT" });
  });
});

describe("a folder of checkpoints", () => {
  it("is read for its checkpoints and for nothing else", async (t) => {
    const { folder, signer } = await start(t);
    fs.writeFileSync(join(folder, "segment-1.checkpoint"), noteOf(signer, 1));
    fs.writeFileSync(join(folder, "README"), "not ours");
    assert.deepEqual(sizesIn(folder, signer), [1]);
    fs.writeFileSync(join(folder, "segment-2.checkpoint"), "not ours");
    assert.throws(() => readCheckpoints(folder, signer.key), { code: "LOG_INCONSISTENT" });
  });
});

async function start(t: TestContext): Promise<{ readonly folder: string; readonly signer: NoteSigner }> {
  const folder = await tempFolder(t);
  return { folder, signer: signerIn(folder, "example.org/log") };
}

/** A signer with a new key. */
function signerIn(folder: string, name: string): NoteSigner {
  const path = join(folder, `${fs.readdirSync(folder).length}.json`);
  createNoteKeyFile(path, name);
  return readNoteSigner(path);
}

function checkpointOf({ log }: NoteSigner, size: number) {
  return { log, segment: 1, size, root: new Uint8Array(32) };
}

function noteOf(signer: NoteSigner, size: number): string {
  const note = signer.sign(formatCheckpoint(checkpointOf(signer, size)));
  assert.equal(readCheckpoint(note, signer.key).checkpoint.size, size);
  return note;
}

function sizesIn(path: string, { key }: NoteSigner): readonly number[] {
  return readCheckpoints(path, key).map(({ checkpoint }) => checkpoint.size);
}
