import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HARD_BLOCK_TYPES } from "../../src/core/detect/entity-type.ts";
import { CANARIES, canariesIn } from "../support/canaries.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const hardTypes = (["card", "kr_rrn", "api_key", "secret"] as const).filter((type) => HARD_BLOCK_TYPES.has(type));

describe("a hard-block type", () => {
  it("is acted on although the allow-list and the confidence dial name it", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const haechi = await startHaechi(test, upstream.url, {
      policy: { presets: [], defaultAction: "redact", actions: { card: "redact" } },
      filters: { minConfidence: 1, allowlist: hardTypes.map((type) => CANARIES[type]) },
    });
    for (const type of hardTypes) {
      await post(haechi.url, { messages: [{ role: "user", content: `take ${CANARIES[type]} please` }] });
    }
    assert.equal(upstream.requests.length, hardTypes.length);
    for (const { everything } of upstream.requests) assert.deepEqual(canariesIn(everything), []);
    const types = (await haechi.auditEntries()).flatMap(({ summary }) => Object.keys(summary.byType));
    assert.deepEqual(types, hardTypes);
  });

  it("is acted on although a softer finding covers it that the allow-list names", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const address = `sk_live_${"x1Y2".repeat(6)}@example.com`;
    const haechi = await startHaechi(test, upstream.url, {
      policy: { presets: [], defaultAction: "redact", actions: { email: "allow", card: "redact" } },
      filters: { allowlist: [address] },
    });
    await post(haechi.url, { messages: [{ role: "user", content: `write to ${address}` }] });
    assert.ok(!upstream.requests[0]!.everything.includes("sk_live_x1Y2"));
  });

  it("is not lost beside a fake marker", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const haechi = await startHaechi(test, upstream.url, {
      policy: { presets: [], defaultAction: "redact", actions: { card: "redact" } },
    });
    await post(haechi.url, {
      messages: [{ role: "user", content: `[TOKEN:${CANARIES.secret}] [REDACTED:${CANARIES.api_key}]` }],
    });
    assert.deepEqual(canariesIn(upstream.requests[0]!.everything), []);
  });
});

async function post(url: string, body: object): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "m", ...body }),
  });
}
