import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { JSON_SUITE } from "./json-suite.ts";

const post = (body: Uint8Array | string): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: Buffer.from(body),
});
// A suite of forms, not of values: nothing in it is to be found and replaced.
const policy = { presets: [], actions: {} };
const REFUSALS: Readonly<Record<string, number>> = {
  haechi_invalid_json_request: 400,
  haechi_request_body_not_utf8: 400,
  haechi_request_too_deeply_nested: 413,
};

describe("the JSON parsing test suite", () => {
  it("as requests: forwarded byte for byte or refused as documented, and what no parser may accept is refused", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const haechi = await startHaechi(test, upstream.url, { policy });
    const counted = { forwarded: 0, refused: 0, mustReject: 0, mustAccept: 0 };
    for (const { name, bytes, parsersMust } of JSON_SUITE) {
      const before = upstream.requests.length;
      const reply = await fetch(`${haechi.url}/v1/chat/completions`, post(bytes));
      const text = await reply.text();
      const sent = upstream.requests.slice(before);
      if (reply.status === 200) {
        assert.deepEqual([sent.length, sent[0]!.body], [1, bytes], name);
        assert.notEqual(parsersMust, "reject", name);
        counted.forwarded += 1;
      } else {
        assert.equal(sent.length, 0, name);
        assert.equal(REFUSALS[JSON.parse(text).error], reply.status, `${name}: ${text}`);
        assert.notEqual(parsersMust, "accept", name);
        counted.refused += 1;
      }
      if (parsersMust === "reject") counted.mustReject += 1;
      if (parsersMust === "accept") counted.mustAccept += 1;
    }
    assert.deepEqual([JSON_SUITE.length, counted.mustReject, counted.mustAccept], [340, 188, 95]);
    assert.equal((await haechi.auditEntries()).length, JSON_SUITE.length);
    test.diagnostic(`altered 0 of 340: ${counted.forwarded} forwarded, ${counted.refused} refused`);
  });

  for (const failureMode of ["fail-closed", "allow"] as const) {
    it(`as responses: passed on byte for byte or not at all, with failureMode ${failureMode}`, async (test) => {
      let answer: Buffer = Buffer.alloc(0);
      const upstream = await recordingUpstream(test, (response) => {
        response.writeHead(200, { "content-type": "application/json" }).end(answer);
      });
      const haechi = await startHaechi(test, upstream.url, {
        policy,
        responseProtection: { enabled: true, failureMode },
      });
      const counted = { passed: 0, refused: 0 };
      for (const { name, bytes, parsersMust } of JSON_SUITE) {
        answer = bytes;
        const reply = await fetch(`${haechi.url}/v1/chat/completions`, post('{"model":"m"}'));
        const got = Buffer.from(await reply.arrayBuffer());
        if (reply.status === 200) {
          assert.deepEqual(got, bytes, name);
          // An answer without a body says nothing that could be wrong.
          if (failureMode === "fail-closed" && bytes.length > 0) assert.notEqual(parsersMust, "reject", name);
          counted.passed += 1;
        } else {
          assert.deepEqual([reply.status, JSON.parse(String(got)).error], [502, "haechi_response_unprotected"], name);
          assert.notEqual(parsersMust, "accept", name);
          counted.refused += 1;
        }
      }
      test.diagnostic(`altered 0 of 340: ${counted.passed} passed on, ${counted.refused} refused`);
    });
  }
});
