import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { it } from "node:test";
import { verifyAuditFile } from "../../src/providers/storage/audit-reader.ts";
import { listClosedSegments } from "../../src/providers/storage/audit-segments.ts";
import { numberedRequest } from "../support/numbered-requests.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { tempFolder } from "../support/temp-folder.ts";

const REQUESTS = 120;

it("closes segments under load by the configuration, and loses no record", async (test) => {
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
  const path = `${await tempFolder(test)}/audit.jsonl`;
  const haechi = await startHaechi(test, upstream.url, { audit: { path, segments: { maxBytes: 65_536 } } });
  for (let number = 1; number <= REQUESTS; number += 8) {
    const replies = Array.from({ length: 8 }, (_, at) =>
      fetch(`${haechi.url}/v1/chat/completions`, numberedRequest(number + at)).then(async (reply) => {
        await reply.arrayBuffer();
        return reply.status;
      }),
    );
    assert.deepEqual([...new Set(await Promise.all(replies))], [200]);
  }
  const verdict = await verifyAuditFile(path);
  assert.ok(verdict.valid && (verdict.segments ?? 1) > 1, JSON.stringify(verdict));
  const files = [...listClosedSegments(path).map((segment) => segment.path), path];
  const lines = files.flatMap((file) => readFileSync(file, "utf8").trimEnd().split("\n"));
  const requests = lines.filter((line) => JSON.parse(line).operation.startsWith("request:"));
  assert.equal(requests.length, upstream.requests.length);
});
