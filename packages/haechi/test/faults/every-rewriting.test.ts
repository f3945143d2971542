import assert from "node:assert/strict";
import fs from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { type ChainHead, headOf, sealEntry, sealFirstEntry } from "../../src/core/audit/entry-line.ts";
import { readSegmentLink } from "../../src/core/audit/segments.ts";
import { formatNote, type NoteKey, parseNote } from "../../src/core/audit/signed-note.ts";
import { canonicalJson } from "../../src/core/crypto/canonical-json.ts";
import { type Held, isTried, RECORDS, type TamperedLog, tamperedLog } from "./tampered-log.ts";

const ALL: Held = { checkpoints: true };
const SEGMENTS = 4;

describe(`whoever writes into a log of ${RECORDS} records is found`, () => {
  it("by any run of records that is taken out, and any record that is moved", async (test) => {
    const log = await tamperedLog(test);
    const lines = linesOf(log.path);
    let place = 0;
    for (let from = 0; from < RECORDS; from++) {
      for (let to = from + 1; to <= RECORDS; to++) {
        if (!isTried(place++, 20)) continue;
        write(log.path, lines.toSpliced(from, to - from));
        // What is left of a log that was cut at its end is a whole log, which only a checkpoint shows.
        await expectFault(log, to < RECORDS ? from + 1 : null);
      }
      for (let to = 0; to < RECORDS; to++) {
        if (to === from || !isTried(place++, 20)) continue;
        write(log.path, lines.toSpliced(from, 1).toSpliced(to, 0, lines[from]!));
        await expectFault(log, Math.min(from, to) + 1);
      }
    }
    tell(test, log);
  });

  it("by any entry in another form of the same text", async (test) => {
    const log = await tamperedLog(test);
    const lines = linesOf(log.path);
    for (const [at, line] of lines.entries()) {
      if (!isTried(at, 60)) continue;
      const half = line.length >> 1;
      const forms: readonly (string | Buffer)[] = [
        ` ${line}`,
        `${line} `,
        `${line}\r`,
        `\ufeff${line}`,
        `\n${line}`,
        `${line.slice(0, half)}\n${line.slice(half)}`,
        `${line.slice(0, half)}\0${line.slice(half)}`,
        Buffer.concat([Buffer.from(line), Buffer.of(0xe2, 0x82)]),
        line.replace('"id":"', '"id":"x","id":"'),
        line.replace('"id":', '"\\u0069d":'),
        line.replace(/"sequence":(\d+)/, '"sequence":$1.0'),
        line.replace(/"sequence":(\d+)/, '"sequence":$1e0'),
        line.replace(/^\{(.*),("timestamp":"[^"]*")\}$/, "{$2,$1}"),
        line.replace(/"eventHash":"[^"]*",/, ""),
        line.replace(/\}$/, ',"z":1}'),
        "null",
        "[]",
        "{}",
        "",
      ];
      for (const [form, text] of forms.entries()) {
        assert.notEqual(text, line, `form ${form}`);
        write(log.path, lines.with(at, "\u0001"), text);
        await expectFault(log, at + 1);
      }
    }
    tell(test, log);
  });

  it("by any entry of his own that does not carry on the rest", async (test) => {
    const log = await tamperedLog(test);
    const lines = linesOf(log.path);
    for (let at = 0; at < RECORDS; at++) {
      if (!isTried(at, 60)) continue;
      const before = at === 0 ? null : headOf(lines[at - 1]!);
      write(log.path, lines.toSpliced(at, 0, sealEntry(bodyOf(lines[at]!), before).line));
      await expectFault(log, at + 2);
      write(log.path, lines.with(at, sealEntry(changed(lines[at]!), before).line));
      // The last one carries on nothing.
      await expectFault(log, at + 1 < RECORDS ? at + 2 : null);
    }
    tell(test, log);
  });

  it("by the checkpoints and the anchors, where he seals all that follows anew", async (test) => {
    const log = await tamperedLog(test, { signedEvery: 50 });
    const lines = linesOf(log.path);
    assert.deepEqual(
      log.checkpoints.map(({ size }) => size),
      [50, 100, 150, 200],
    );
    for (let at = 0; at < RECORDS; at++) {
      if (!isTried(at, 60)) continue;
      write(log.path, sealed(lines.with(at, changed(lines[at]!))));
      assert.equal(await log.reason(), "");
      assert.equal(await log.reason(ALL), `checkpoint mismatch at size ${(Math.floor(at / 50) + 1) * 50}`);
      assert.equal(
        await log.reason({ anchors: true }),
        `anchor hash mismatch at sequence ${(Math.floor(at / 10) + 1) * 10}`,
      );
      write(log.path, sealed(lines.toSpliced(at, 1)));
      assert.equal(await log.reason(), "");
      for (const held of [ALL, { anchors: true }]) assert.notEqual(await log.reason(held), "");
    }
    tell(test, log);
  });

  it("by any part of another log whose checkpoints the same key signs", async (test) => {
    const log = await tamperedLog(test);
    const other = await tamperedLog(test, { keyOf: log });
    assert.deepEqual(other.key, log.key);
    const [lines, others] = [linesOf(log.path), linesOf(other.path)];
    for (let at = 0; at < RECORDS; at++) {
      if (!isTried(at, 60)) continue;
      write(log.path, [...lines.slice(0, at), ...others.slice(at)]);
      await expectFault(log, at === 0 ? null : at + 1);
      write(log.path, [...others.slice(0, at), ...lines.slice(at)]);
      if (at > 0) await expectFault(log, at + 1);
      write(log.path, lines.with(at, others[at]!));
      await expectFault(log, at === 0 ? 2 : at + 1);
    }
    write(log.path, lines);
    const [own, foreign] = [log, other].map(({ checkpointsPath }) => fs.readFileSync(checkpointsPath, "utf8"));
    for (const notes of [foreign!, own! + foreign!, foreign! + own!]) {
      fs.writeFileSync(log.checkpointsPath, notes);
      assert.equal(await log.reason(ALL), `checkpoint mismatch at size ${RECORDS}`);
    }
    tell(test, log);
  });
});

describe(`whoever rewrites a log of ${SEGMENTS} segments is found`, () => {
  it("by any segments that are missing, exchanged, copied or under another name", async (test) => {
    const log = await tamperedLog(test, { segments: SEGMENTS });
    const { files, path } = log;
    const whole = files.map((file) => fs.readFileSync(file));
    const nameOf = (number: string) =>
      join(dirname(path), basename(path).replace(".jsonl", `.segment-${number}.jsonl`));
    const restore = () => {
      for (const [at, file] of files.entries()) fs.writeFileSync(file, whole[at]!);
    };
    const expectAnyFault = async () => {
      assert.notEqual(await log.reason(), "");
      assert.notEqual(await log.reason(ALL), "");
    };
    for (let kept = 0; kept < 2 ** (SEGMENTS - 1) - 1; kept++) {
      for (const [at, file] of files.slice(0, -1).entries()) if ((kept & (1 << at)) === 0) fs.rmSync(file);
      await expectAnyFault();
      restore();
    }
    for (const [at, file] of files.entries()) {
      for (const [other, target] of files.entries()) {
        if (at === other) continue;
        fs.writeFileSync(file, whole[other]!);
        await expectAnyFault();
        fs.writeFileSync(target, whole[at]!);
        await expectAnyFault();
        restore();
      }
      for (const number of [
        "000000",
        "000001",
        "000002",
        "000003",
        "000004",
        "000005",
        "000009",
        "0000002",
        "2",
        "x",
      ]) {
        const name = nameOf(number);
        if (fs.existsSync(name)) continue;
        fs.renameSync(file, name);
        // The newest closed segment under the name of the open one is a shorter log, which only a checkpoint shows.
        await expectAnyFault();
        fs.renameSync(name, file);
      }
    }
    fs.renameSync(files.at(-2)!, path);
    assert.equal(await log.reason(), "");
    assert.match(await log.reason(ALL), /^tail truncation: anchored up to segment 4, /);
    restore();
    for (const empty of files) {
      fs.writeFileSync(empty, "");
      await expectAnyFault();
      restore();
    }
    assert.equal(await log.reason(ALL), "");
    tell(test, log);
  });

  it("by the segment behind the one that he seals anew, and of the last by the checkpoints", async (test) => {
    const log = await tamperedLog(test, { segments: SEGMENTS });
    for (const [at, file] of log.files.entries()) {
      const lines = linesOf(file);
      for (const [index, line] of lines.entries()) {
        if (!isTried(index, 200)) continue;
        write(file, sealed(lines.with(index, changed(line)), at + 1));
        assert.equal(
          await log.reason(),
          at + 1 < SEGMENTS ? `segment ${at + 2}: does not continue segment ${at + 1}` : "",
        );
        assert.notEqual(await log.reason(ALL), "");
      }
      write(file, lines);
    }
    tell(test, log);
  });

  it("by the first entry of a segment, whatever he makes it say of the one before", async (test) => {
    const log = await tamperedLog(test, { segments: SEGMENTS });
    for (const file of log.files.slice(1)) {
      const lines = linesOf(file);
      const link = readSegmentLink(lines[0]!)!;
      for (const edit of [
        { ...link, number: link.number + 1 },
        { ...link, number: link.number - 1 },
        { ...link, previousHash: "A".repeat(43) },
        { ...link, previousRecords: link.previousRecords + 1 },
        { ...link, previousRecords: String(link.previousRecords) },
        { number: link.number },
        null,
      ]) {
        const event = JSON.parse(bodyOf(lines[0]!));
        write(file, sealed([canonicalJson({ ...event, segment: edit }), ...lines.slice(1)], link.number));
        assert.notEqual(await log.reason(), "", JSON.stringify(edit));
      }
      // Or another segment number altogether, or none.
      for (const number of [link.number + 1, 1]) {
        write(file, sealed(lines, number));
        assert.notEqual(await log.reason(), "");
      }
      write(file, lines);
    }
    tell(test, log);
  });
});

describe("what was published of a log", () => {
  it("is refused with any byte of a checkpoint changed, and for any log that is shorter", async (test) => {
    const log = await tamperedLog(test, { signedEvery: 50 });
    const whole = fs.readFileSync(log.checkpointsPath);
    // The last line of the file, and the empty one behind it, may have been cut by a crash.
    for (let at = 0; at < whole.length - 2; at++) {
      if (!isTried(at, 20)) continue;
      fs.writeFileSync(log.checkpointsPath, whole.with(at, whole[at]! ^ (1 << (at % 8))));
      assert.notEqual(await log.reason(ALL), "", `byte ${at}`);
    }
    const notes = notesIn(whole.toString());
    const lines = linesOf(log.path);
    for (const [at, note] of notes.entries()) {
      const { size } = log.checkpoints[at]!;
      fs.writeFileSync(log.checkpointsPath, note);
      for (let length = 1; length <= RECORDS; length++) {
        if (!isTried(length, 60)) continue;
        write(log.path, lines.slice(0, length));
        assert.equal((await log.reason(ALL)) === "", length >= size, `${length} of ${size}`);
      }
      write(log.path, lines);
    }
    tell(test, log);
  });

  it("holds when checkpoints are missing, doubled or in another order, and none are not enough", async (test) => {
    const log = await tamperedLog(test, { signedEvery: 50 });
    const notes = notesIn(fs.readFileSync(log.checkpointsPath, "utf8"));
    assert.equal(notes.length, 4);
    for (const changedNotes of [
      ...notes.map((_, at) => notes.toSpliced(at, 1)),
      [...notes, ...notes],
      notes.toReversed(),
    ]) {
      fs.writeFileSync(log.checkpointsPath, changedNotes.join(""));
      assert.equal(await log.reason(ALL), "");
    }
    fs.writeFileSync(log.checkpointsPath, "");
    assert.equal(await log.reason(ALL), "no checkpoint of this log");
  });

  it("is refused from another key, under another name, or of another log", async (test) => {
    const log = await tamperedLog(test);
    const stranger = await tamperedLog(test);
    const own = parseNote(notesIn(fs.readFileSync(log.checkpointsPath, "utf8"))[0]!.slice(0, -1))!;
    const foreign = parseNote(notesIn(fs.readFileSync(stranger.checkpointsPath, "utf8"))[0]!.slice(0, -1))!;
    const named = ({ signatures }: typeof own, { name }: NoteKey) =>
      signatures.map((one) => ({ ...one, keyName: name }));
    for (const note of [
      foreign,
      { ...foreign, signatures: named(foreign, log.key) },
      { ...foreign, signatures: own.signatures },
      { ...own, signatures: foreign.signatures },
      { ...own, signatures: named(foreign, log.key) },
      {
        ...own,
        signatures: [...own.signatures, { ...own.signatures[0]!, signature: foreign.signatures[0]!.signature }],
      },
      { ...own, text: own.text.replace(/\/1\n/, "/2\n") },
      { ...own, text: own.text.replace(`\n${RECORDS}\n`, `\n0${RECORDS}\n`) },
      { ...own, text: `${own.text}more\n` },
    ]) {
      fs.writeFileSync(log.checkpointsPath, `${formatNote(note)}\n`);
      assert.notEqual(await log.reason(ALL), "", formatNote(note));
    }
    // A witness may have signed too.
    fs.writeFileSync(
      log.checkpointsPath,
      `${formatNote({ ...own, signatures: [...own.signatures, ...foreign.signatures] })}\n`,
    );
    assert.equal(await log.reason(ALL), "");
  });

  it("shows by an anchor that records up to it are missing, and by one of another hash that they are others", async (test) => {
    const log = await tamperedLog(test);
    const [lines, anchors] = [linesOf(log.path), linesOf(log.anchorsPath)];
    assert.equal(anchors.length, RECORDS / 10);
    for (const [at, anchor] of anchors.entries()) {
      if (!isTried(at, 250)) continue;
      const sequence = (at + 1) * 10;
      write(log.anchorsPath, [anchor]);
      for (const length of [sequence - 1, sequence]) {
        write(log.path, lines.slice(0, length));
        assert.equal((await log.reason({ anchors: true })) === "", length === sequence);
      }
      write(log.path, lines);
      const { eventHash, ...rest } = JSON.parse(anchor);
      const flipped = eventHash.replace(/^./, (first: string) => (first === "A" ? "B" : "A"));
      for (const edit of [{ eventHash: flipped }, { sequence: sequence + 1 }, { sequence: 10 ** 9 }, { segment: 2 }]) {
        write(log.anchorsPath, [...anchors, JSON.stringify({ eventHash, ...rest, ...edit })]);
        assert.notEqual(await log.reason({ anchors: true }), "", JSON.stringify(edit));
      }
    }
    tell(test, log);
  });
});

/** @param line of the first bad entry; null where only the checkpoint shows that something is missing */
async function expectFault(log: TamperedLog, line: number | null): Promise<void> {
  const [alone, withAll] = [await log.reason(), await log.reason(ALL)];
  if (line === null) {
    assert.equal(alone, "");
    assert.match(withAll, /^(?:checkpoint mismatch|tail truncation)/);
    return;
  }
  for (const reason of [alone, withAll]) assert.match(reason, new RegExp(`at line ${line}$`));
}

const linesOf = (path: string) => fs.readFileSync(path, "utf8").trimEnd().split("\n");

/** @param bytes stand in the place of the line that is U+0001 */
function write(path: string, lines: readonly string[], bytes: string | Buffer = ""): void {
  const [before, after] = lines
    .map((line) => `${line}\n`)
    .join("")
    .split("\u0001");
  fs.writeFileSync(path, Buffer.concat([before!, bytes, after ?? ""].map((part) => Buffer.from(part))));
}

const notesIn = (text: string) => [...text.matchAll(/\S(?:.|\n)*?\n\n(?:.|\n)*?\n\n/g)].map(([note]) => note);

/** The event of a line, without its seal. */
function bodyOf(line: string): string {
  const { auditIntegrity: _, ...event } = JSON.parse(line);
  return canonicalJson(event);
}

/** The same with another time. */
function changed(line: string): string {
  return canonicalJson({ ...JSON.parse(bodyOf(line)), timestamp: "2031-01-01T00:00:00.000Z" });
}

/** What whoever can write a segment can do: its lines, sealed anew. */
function sealed(lines: readonly string[], segment = 1): readonly string[] {
  let head: ChainHead | null = null;
  return lines.map((line) => {
    const entry: ReturnType<typeof sealEntry> =
      head === null && segment > 1 ? sealFirstEntry(bodyOf(line), segment) : sealEntry(bodyOf(line), head);
    head = entry.head;
    return entry.line;
  });
}

function tell(test: TestContext, log: TamperedLog): void {
  test.diagnostic(`${log.asked()} times asked`);
}
