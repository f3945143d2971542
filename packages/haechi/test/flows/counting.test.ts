import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

/** What is recorded about a request that holds a text. */
async function recorded(test: TestContext, content: string, config: ConfigInput = {}) {
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
  const haechi = await startHaechi(test, upstream.url, config);
  await fetch(`${haechi.url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "m", messages: [{ role: "user", content }] }),
  });
  const [entry] = await haechi.auditEntries();
  assert.ok(entry !== undefined && "detections" in entry);
  return entry;
}

describe("what is counted", () => {
  it("is a value, not the rules that know it", async (test) => {
    const { summary, detections } = await recorded(test, "my card is 4111 1111 1111 1111");
    assert.deepEqual(summary, { detectionCount: 1, byType: { card: 1 }, byAction: { block: 1 } });
    assert.deepEqual(
      detections.map(({ ruleId }) => ruleId),
      ["card-like"],
    );
  });

  it("is attributed to the rule that is surest of it", async (test) => {
    const { summary, detections } = await recorded(test, `use sk-ant-${"aB3xY9".repeat(5)} for it`);
    assert.equal(summary.detectionCount, 1);
    assert.equal(detections[0]!.ruleId, "anthropic-api-key");
  });

  it("is left out once where a dial leaves it out", async (test) => {
    const filters = { allowlist: ["010-1234-5678"] };
    const { summary } = await recorded(test, "phone: 010-1234-5678", { filters });
    assert.deepEqual(summary, {
      detectionCount: 0,
      byType: {},
      byAction: {},
      suppressedCount: 1,
      suppressedByType: { phone: 1 },
    });
  });

  it("is also of a type with the name of something that every object inherits", async (test) => {
    const filters = { customRules: [{ id: "ticket", type: "constructor", pattern: "TICKET-[0-9]{4}" }] };
    const { summary } = await recorded(test, "TICKET-1234 and TICKET-5678", { filters });
    assert.deepEqual(summary.byType, { constructor: 2 });
  });
});
