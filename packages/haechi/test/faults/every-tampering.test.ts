import assert from "node:assert/strict";
import fs from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { Checkpoint } from "../../src/core/audit/checkpoint.ts";
import { sampleDecisionEvent, sampleProtectEvent } from "../../src/core/audit/sample-events.oracle.ts";
import { createAuditLog } from "../../src/engine/audit-log.ts";
import { readCheckpoints } from "../../src/providers/checkpoints/checkpoint-file.ts";
import { readVerifierKey } from "../../src/providers/checkpoints/note-signer.ts";
import { verifyAuditFile } from "../../src/providers/storage/audit-reader.ts";
import { createFileAuditSegments, listClosedSegments } from "../../src/providers/storage/audit-segments.ts";
import { createFileAuditStore } from "../../src/providers/storage/file-audit-store.ts";
import { systemClock } from "../../src/providers/system/system-clock.ts";
import { systemRandom } from "../../src/providers/system/system-random.ts";
import { runCliWords } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { evidenceConfig } from "./check-evidence.ts";

const RECORDS = 200;
/** Every so many places are tried; 1 is all of them. */
const STEP = Number(process.env.HAECHI_TAMPERING_STEP ?? 997);

for (const segments of [1, 4]) {
  describe(`in a log of ${RECORDS} records in ${segments} segment${segments === 1 ? "" : "s"}`, () => {
    it("any byte that is changed is found, and its line named", async (test) => {
      const log = await writtenLog(test, segments);
      const tried = await log.eachFile(async (file, number) => {
        const bytes = fs.readFileSync(file);
        const fd = fs.openSync(file, "r+");
        let line = 1;
        for (let at = 0; at < bytes.length; at++) {
          // Each bit of a byte in its turn; a newline that comes or goes makes other lines.
          if (isTried(at)) {
            fs.writeSync(fd, Buffer.of(bytes[at]! ^ (1 << (at % 8))), 0, 1, at);
            const reason = await log.reason();
            const place = at === bytes.length - 1 ? /torn last line$/ : new RegExp(`at line ${line}$`);
            assert.match(reason, place, `byte ${at} of ${file}`);
            if (segments > 1) assert.ok(reason.startsWith(`segment ${number}: `), reason);
            fs.writeSync(fd, bytes.subarray(at, at + 1), 0, 1, at);
          }
          if (bytes[at] === NEWLINE) line++;
        }
        fs.closeSync(fd);
        return bytes.length;
      });
      assert.equal(await log.reason(), "");
      test.diagnostic(`${Math.ceil(tried / STEP)} of ${tried} bytes`);
    });

    it("any end that is cut off is found by the checkpoints, and without them unless whole records are missing", async (test) => {
      const log = await writtenLog(test, segments);
      await log.eachFile(async (file, number) => {
        const bytes = fs.readFileSync(file);
        const isOpen = number === segments;
        let boundaries = 0;
        for (let length = 0; length < bytes.length; length++) {
          const isBoundary = length === 0 || bytes[length - 1] === NEWLINE;
          if (isBoundary) boundaries++;
          if (!isTried(length) && !(isBoundary && isTried(boundaries, 30))) continue;
          fs.writeFileSync(file, bytes.subarray(0, length));
          const reason = await log.reason(log.checkpoints);
          if (!isBoundary) {
            assert.match(reason, /torn last line$/, `${length} bytes of ${file}`);
            continue;
          }
          assert.notEqual(reason, "", `${length} bytes of ${file}`);
          // What ends well proves nothing by itself where the log ends; the next segment knows how a closed one ended.
          assert.equal((await log.reason()) === "", isOpen && (length > 0 || segments === 1), `${length} of ${file}`);
        }
        fs.writeFileSync(file, bytes);
        return bytes.length;
      });
      assert.equal(await log.reason(log.checkpoints), "");
    });

    it("any record that is removed, doubled or in another's place is found, and the first bad line named", async (test) => {
      const log = await writtenLog(test, segments);
      await log.eachFile(async (file, number) => {
        const whole = fs.readFileSync(file, "utf8");
        const lines = whole.trimEnd().split("\n");
        const expectFault = async (changed: readonly string[], line: number | null) => {
          fs.writeFileSync(file, `${changed.join("\n")}\n`);
          const withAll = await log.reason(log.checkpoints);
          const alone = await log.reason();
          if (line === null) return assert.notEqual(withAll, "");
          for (const reason of [alone, withAll]) assert.match(reason, new RegExp(`at line ${line}$`));
        };
        let place = 0;
        for (let one = 0; one < lines.length; one++) {
          // Without its last record a log is a shorter one, which checkpoints show, or the next segment.
          await expectFault(lines.toSpliced(one, 1), one === lines.length - 1 ? null : one + 1);
          for (let other = 0; other < lines.length; other++) {
            if (!isTried(place++, 3)) continue;
            // The last line again behind itself is the first bad one; so is any copy that stands before what it copies.
            await expectFault(lines.toSpliced(other, 0, lines[one]!), other === one ? one + 2 : other + 1);
            if (other > one) await expectFault(lines.with(one, lines[other]!).with(other, lines[one]!), one + 1);
          }
        }
        fs.writeFileSync(file, whole);
        return number;
      });
      assert.equal(await log.reason(log.checkpoints), "");
    });
  });
}

const NEWLINE = 0x0a;
const isTried = (place: number, moreOften = 1): boolean => place % Math.ceil(STEP / moreOften) === 0;

/** A log in so many segments, with checkpoints of all of them. */
async function writtenLog(test: TestContext, segments: number) {
  const folder = await tempFolder(test);
  const config = evidenceConfig(folder, "http://127.0.0.1:9");
  const configPath = join(folder, "haechi.config.json");
  fs.writeFileSync(configPath, JSON.stringify(config));
  const path = join(folder, "log/audit.jsonl");
  const log = createAuditLog({
    store: createFileAuditStore({ path }),
    segments: { store: createFileAuditSegments(path) },
    clock: systemClock,
    random: systemRandom,
  });
  for (let segment = 1; segment <= segments; segment++) {
    if (segment > 1) await log.rotate();
    // The first entry of a later segment is about the segment.
    for (let index = segment > 1 ? 1 : 0; index < RECORDS / segments; index++) {
      const number = segment * RECORDS + index;
      await log.record(index % 2 === 0 ? sampleProtectEvent(number) : sampleDecisionEvent(number));
    }
  }
  await log.close();
  const signed = await runCliWords(["audit", "checkpoint", "--config", configPath]);
  assert.equal(signed.exitCode, 0, signed.stderr);
  const key = readVerifierKey(JSON.parse(signed.stdout).verifierKey)!;
  const checkpoints = readCheckpoints(join(folder, "log/audit.checkpoints"), key).map(({ checkpoint }) => checkpoint);
  const files = [...listClosedSegments(path).map((segment) => segment.path), path];
  assert.equal(files.length, segments);
  return {
    checkpoints,
    /** Why the log does not hold; empty when it does. */
    async reason(held?: readonly Checkpoint[]): Promise<string> {
      const verdict = await verifyAuditFile(path, held === undefined ? {} : { checkpoints: held });
      return verdict.valid ? "" : verdict.reason;
    },
    /** The sum of what `work` says of each file. */
    async eachFile(work: (file: string, segment: number) => Promise<number>): Promise<number> {
      let sum = 0;
      for (const [index, file] of files.entries()) sum += await work(file, index + 1);
      return sum;
    },
  };
}
