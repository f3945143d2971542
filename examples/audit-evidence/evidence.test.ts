import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import {
  answerJson,
  chatCompletion,
  recordingUpstream,
} from "../../packages/haechi/test/support/recording-upstream.ts";
import { startHaechi } from "../../packages/haechi/test/support/start-haechi.ts";
import { tempFolder } from "../../packages/haechi/test/support/temp-folder.ts";
import { check, evidenceIn, exported, openLog, proofOf, signLog, verifyLog } from "./evidence.ts";

describe("the evidence that the guide shows", () => {
  it("is recorded, signed, verified, proven and exported with what haechi/audit exports", async (test) => {
    const evidence = evidenceIn(await tempFolder(test), await tempFolder(test));
    const audit = openLog(evidence);
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const { url } = await startHaechi(test, upstream.url, {}, { audit });
    for (let call = 0; call < 3; call++) {
      const body = JSON.stringify({ model: "m", messages: [{ role: "user", content: "minji.kim@example.org" }] });
      const headers = { "content-type": "application/json" };
      await (await fetch(`${url}/v1/chat/completions`, { method: "POST", headers, body })).arrayBuffer();
    }
    assert.equal(await signLog(evidence), 1);
    assert.equal(await signLog(evidence), 0);
    const closed = await audit.rotate();
    assert.equal(closed?.number, 1);
    assert.equal(await signLog(evidence), 1);
    const publishedKey = readFileSync(`${evidence.signingKey}.pub`, "utf8").trim();
    const verdict = await verifyLog(evidence, publishedKey);
    assert.ok(verdict.valid);
    assert.deepEqual([verdict.records, verdict.segments], [closed.records + 1, 2]);
    const events = await Array.fromAsync(exported(evidence, { type: "email" }));
    assert.equal(events.length, 3);
    const eventId: string = Reflect.get(Reflect.get(events[1]!, "metadata"), "uid");
    const proof = await proofOf(evidence, eventId);
    const checked = check(JSON.parse(JSON.stringify(proof)), publishedKey);
    assert.ok(checked.valid);
    assert.equal(checked.entry?.id, eventId);
    assert.equal(check({ ...proof, line: proof.line.replace("email", "phone") }, publishedKey).valid, false);
    const first = join(evidence.log, "..", "audit.segment-000001.jsonl");
    writeFileSync(first, readFileSync(first, "utf8").replace('"email":1', '"email":2'));
    assert.equal((await verifyLog(evidence, publishedKey)).valid, false);
  });
});
