import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const send = (url: string, body: string) =>
  fetch(`${url}/v1/chat/completions`, { method: "POST", headers: { "content-type": "application/json" }, body });

describe("what did not have to be changed", () => {
  it("reaches the upstream byte for byte: numbers, order, escapes, white space and repeated keys", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const { url } = await startHaechi(test, upstream.url);
    const bodies = [
      '{ "b":12345678901234567890 ,\n"a":1.10,"e":1E400,"z":-0 }',
      '{"model":"m","model":"n","text":"\\u0041\\/\\ud83d\\ude00 \\t"}',
      '["\\u0000",{"__proto__":1,"constructor":2}]',
    ];
    for (const body of bodies) {
      assert.equal((await send(url, body)).status, 200);
      assert.equal(upstream.requests.at(-1)!.body.toString(), body);
    }
  });

  it("surrounds a replaced value byte for byte", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const { url } = await startHaechi(test, upstream.url, { policy: { presets: [], actions: { card: "redact" } } });
    const spelled = fc.string({
      unit: fc.constantFrom("a", " ", ".", "é", "한", "\\n", "\\u00e9", '\\"', "\\/"),
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(
        spelled,
        spelled,
        fc.constantFrom("1.10", "-0", "12345678901234567890"),
        async (a, b, number) => {
          const around = (value: string) => `{ "n":${number},  "t":"${a} ${value} ${b}"\t}`;
          await send(url, around("minji.kim@example.com"));
          assert.equal(upstream.requests.at(-1)!.body.toString(), around("[REDACTED:email]"));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("comes back to the client byte for byte, although it was inspected", async (test) => {
    const answer = '{ "created":1.0,"choices":[{"message":{"content":"h\\u00e9 12345678901234567890"}}],"x":1E400 }';
    const upstream = await recordingUpstream(test, (response) => answerJson(response, answer));
    const { url } = await startHaechi(test, upstream.url, { responseProtection: { enabled: true } });
    assert.equal(await (await send(url, '{"model":"m"}')).text(), answer);
  });
});
