import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { answerJson, chatStreamEvents, recordingUpstream } from "../support/recording-upstream.ts";
import { type HaechiUnderTest, startHaechi } from "../support/start-haechi.ts";

const inspecting: ConfigInput = { streaming: { requestMode: "inspect" } };

async function ask(haechi: HaechiUnderTest, body: string): Promise<{ status: number; text: string }> {
  const response = await fetch(`${haechi.url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  return { status: response.status, text: await response.text() };
}

/** A gateway whose upstream always answers with a stream that holds an address, under a content type. */
async function streaming(test: TestContext, config: ConfigInput, contentType: string | null): Promise<HaechiUnderTest> {
  const upstream = await recordingUpstream(test, (response) => {
    response.writeHead(200, contentType === null ? {} : { "content-type": contentType });
    response.end(chatStreamEvents(["to minji", "@example.com"]));
  });
  return startHaechi(test, upstream.url, config);
}

describe("a stream that comes otherwise than expected", () => {
  for (const contentType of ["text/plain", "application/x-ndjson", null]) {
    it(`is inspected although its type is ${contentType ?? "missing"}`, async (test) => {
      const { text } = await ask(await streaming(test, inspecting, contentType), '{"stream":true}');
      assert.ok(text.includes("[REDACTED:email]") && !text.includes("minji"), text);
    });
  }

  it("is inspected although the request did not ask for one", async (test) => {
    const { text } = await ask(await streaming(test, inspecting, "text/event-stream"), "{}");
    assert.ok(text.includes("[REDACTED:email]") && !text.includes("minji"), text);
  });

  it("does not become one where responses are inspected whole and closed upon", async (test) => {
    const config = { ...inspecting, responseProtection: { enabled: true } };
    const { status, text } = await ask(await streaming(test, config, "text/html"), '{"stream":true}');
    assert.equal(status, 502);
    assert.match(text, /haechi_response_unprotected/);
  });

  it("leaves a whole JSON answer to a request for a stream as it is", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, '{"error":"no"}'));
    const haechi = await startHaechi(test, upstream.url, inspecting);
    assert.deepEqual(await ask(haechi, '{"stream":true}'), { status: 200, text: '{"error":"no"}' });
  });
});

describe("a growing text that only some servers send", () => {
  const growing: readonly ((text: string) => object)[] = [
    (text) => ({ content: [{ type: "text", text }] }),
    (text) => ({ content: [{ type: "thinking", thinking: [{ type: "text", text }] }] }),
    (text) => ({ reasoning_details: [{ type: "reasoning.text", text, index: 0 }] }),
    (text) => ({ reasoning_details: [{ type: "reasoning.summary", summary: text, index: 0 }] }),
    (text) => ({ audio: { id: "a", transcript: text } }),
  ];
  for (const delta of growing) {
    it(`is inspected over its deltas: ${JSON.stringify(delta("…"))}`, async (test) => {
      const upstream = await recordingUpstream(test, (response) => {
        const deltas = ["to minji", "@exam", "ple.com"].map((text) => ({
          choices: [{ index: 0, delta: delta(text) }],
        }));
        response.writeHead(200, { "content-type": "text/event-stream" });
        response.end(
          [...deltas.map((each) => JSON.stringify(each)), "[DONE]"].map((data) => `data: ${data}\n\n`).join(""),
        );
      });
      const { text } = await ask(await startHaechi(test, upstream.url, inspecting), '{"stream":true}');
      assert.ok(text.includes("[REDACTED:email]") && !text.includes("minji"), text);
    });
  }
});

describe("a request that some server could take for one of a stream", () => {
  for (const value of ['"true"', "1", '"yes"', "{}", "[1]"]) {
    it(`is one with stream ${value}`, async (test) => {
      const haechi = await streaming(test, {}, "text/event-stream");
      assert.equal((await ask(haechi, `{"stream":${value}}`)).status, 501);
    });
  }
});

describe("the record of an inspected stream", () => {
  it("names the mode that held for the stream, not that of requests", async (test) => {
    for (const [mode, responseMode] of [
      ["enforce", "report-only"],
      ["dry-run", "enforce"],
    ] as const) {
      const haechi = await streaming(
        test,
        { mode, streaming: { requestMode: "inspect", responseMode } },
        "text/event-stream",
      );
      await ask(haechi, '{"stream":true}');
      const entry = (await haechi.auditEntries()).find(
        (each) => "decision" in each && each.decision === "stream_inspected",
      );
      assert.deepEqual([entry?.mode, entry?.enforced], [responseMode, responseMode === "enforce"]);
    }
  });
});
