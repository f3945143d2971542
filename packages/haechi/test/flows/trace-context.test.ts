import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

// W3C Trace Context, https://www.w3.org/TR/trace-context/
const EXAMPLES = [
  "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
  "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
  "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-00",
];

describe("the trace that a client belongs to", () => {
  it("is passed on as it is where the header is named, and nowhere else", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("yes")));
    const named = await startHaechi(test, upstream.url, { target: { forwardHeaders: ["traceparent"] } });
    for (const traceparent of EXAMPLES) {
      await ask(named.url, { traceparent, tracestate: "vendor=opaque" });
      const { rawHeaders } = upstream.requests.at(-1)!;
      assert.equal(rawHeaders[rawHeaders.indexOf("traceparent") + 1], traceparent);
      assert.ok(!rawHeaders.includes("tracestate"));
    }
    const unnamed = await startHaechi(test, upstream.url);
    await ask(unnamed.url, { traceparent: EXAMPLES[0]! });
    assert.ok(!upstream.requests.at(-1)!.rawHeaders.includes("traceparent"));
  });

  it("is inspected like every header", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("yes")));
    const { url } = await startHaechi(test, upstream.url, { target: { forwardHeaders: ["tracestate"] } });
    await ask(url, { tracestate: "vendor=minji@example.com" });
    assert.ok(upstream.requests.every(({ everything }) => !everything.includes("minji")));
  });
});

async function ask(url: string, headers: Readonly<Record<string, string>>): Promise<void> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ model: "m", messages: [{ role: "user", content: "hi" }] }),
  });
  await response.text();
}
