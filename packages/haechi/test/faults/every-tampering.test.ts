import assert from "node:assert/strict";
import fs from "node:fs";
import { describe, it } from "node:test";
import { isTried, RECORDS, type TamperedLog, tamperedLog } from "./tampered-log.ts";

for (const segments of [1, 4]) {
  describe(`in a log of ${RECORDS} records in ${segments} segment${segments === 1 ? "" : "s"}`, () => {
    it("any byte that is changed is found, and its line named", async (test) => {
      const log = await tamperedLog(test, { segments });
      const tried = await eachFile(log, async (file, number) => {
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
      test.diagnostic(`${log.asked()} times asked about ${tried} bytes`);
    });

    it("any end that is cut off is found by the checkpoints, and without them unless whole records are missing", async (test) => {
      const log = await tamperedLog(test, { segments });
      await eachFile(log, async (file, number) => {
        const bytes = fs.readFileSync(file);
        const isOpen = number === segments;
        let boundaries = 0;
        for (let length = 0; length < bytes.length; length++) {
          const isBoundary = length === 0 || bytes[length - 1] === NEWLINE;
          if (isBoundary) boundaries++;
          if (!isTried(length) && !(isBoundary && isTried(boundaries, 30))) continue;
          fs.writeFileSync(file, bytes.subarray(0, length));
          const reason = await log.reason({ checkpoints: true });
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
      assert.equal(await log.reason({ checkpoints: true }), "");
      test.diagnostic(`${log.asked()} times asked`);
    });

    it("any record that is removed, doubled or in another's place is found, and the first bad line named", async (test) => {
      const log = await tamperedLog(test, { segments });
      await eachFile(log, async (file, number) => {
        const whole = fs.readFileSync(file, "utf8");
        const lines = whole.trimEnd().split("\n");
        const expectFault = async (changed: readonly string[], line: number | null) => {
          fs.writeFileSync(file, `${changed.join("\n")}\n`);
          const withAll = await log.reason({ checkpoints: true });
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
      assert.equal(await log.reason({ checkpoints: true }), "");
      test.diagnostic(`${log.asked()} times asked`);
    });
  });
}

const NEWLINE = 0x0a;

/** The sum of what `work` says of each file. */
async function eachFile(
  { files }: TamperedLog,
  work: (file: string, segment: number) => Promise<number>,
): Promise<number> {
  let sum = 0;
  for (const [index, file] of files.entries()) sum += await work(file, index + 1);
  return sum;
}
