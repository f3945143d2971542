import assert from "node:assert/strict";
import fs from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { TAIL_WINDOW_BYTES } from "../../src/core/audit/recover-tail.ts";
import { createFileAuditStore } from "../../src/providers/storage/file-audit-store.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { tempFolder } from "../support/temp-folder.ts";

const LOG_BYTES = 2 ** 30;

it("a log of a gigabyte is taken up again by reading its end alone", async (test) => {
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
  const haechi = await startHaechi(test, upstream.url);
  const headers = { "content-type": "application/json" };
  await fetch(`${haechi.url}/v1/chat/completions`, { method: "POST", headers, body: '{"model":"m","messages":[]}' });
  const line = Buffer.from(await haechi.auditText());

  // A hole at its beginning, which takes no room on the disk, and more entries behind it than are looked at.
  const path = join(await tempFolder(test), "audit.jsonl");
  fs.writeFileSync(path, "");
  fs.truncateSync(path, LOG_BYTES);
  fs.appendFileSync(path, `\n${line.toString().repeat(Math.ceil((2 * TAIL_WINDOW_BYTES) / line.length))}`);
  let bytesRead = 0;
  const { readSync, readFileSync } = fs;
  test.mock.method(fs, "readSync", (...given: Parameters<typeof readSync>) => {
    const count = readSync(...given);
    bytesRead += count;
    return count;
  });
  test.mock.method(fs, "readFileSync", (...given: Parameters<typeof readFileSync>) => {
    assert.notEqual(given[0], path);
    return readFileSync(...given);
  });
  const store = createFileAuditStore({ path });
  test.after(() => store.close());
  const { lastLine, droppedBytes } = await store.open();
  assert.deepEqual([`${lastLine}\n`, droppedBytes], [line.toString(), 0]);
  assert.ok(bytesRead > 0 && bytesRead <= TAIL_WINDOW_BYTES, `${bytesRead} bytes`);
});
