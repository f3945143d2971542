import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const inspecting: ConfigInput = { streaming: { requestMode: "inspect" } };
const KEY = ["AKIA", "Z7QW3E5RTY2UIOP4"].join("");
const CARD = "4111111111111111";

/** What a client gets of a stream, through a gateway that inspects it. */
async function answerTo(test: Parameters<typeof recordingUpstream>[0], stream: string): Promise<string> {
  const upstream = await recordingUpstream(test, (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(stream);
  });
  const haechi = await startHaechi(test, upstream.url, inspecting);
  const response = await fetch(`${haechi.url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"stream":true}',
  });
  return await response.text();
}

const chunk = (delta: string) => `data: {"choices":[{"index":0,"delta":${delta}}]}\n\n`;

describe("a frame that says the place of its text twice", () => {
  const frames: Readonly<Record<string, string>> = {
    "the text": chunk(`{"content":"a ${KEY}","content":"x"}`),
    "the text in another case": chunk(`{"content":"a ${KEY}","Content":"x"}`),
    "the text by an escape": chunk(`{"content":"a ${KEY}","conten\\u0074":"x"}`),
    "what is around it": `data: {"choices":[{"index":0,"delta":{"content":"a ${KEY}"},"delta":{"content":"x"}}]}\n\n`,
    "the whole list": `data: {"choices":[{"index":0,"delta":{"content":"a ${KEY}"}}],"choices":[{"index":0,"delta":{"content":"x"}}]}\n\n`,
    "which text it is": `data: {"choices":[{"index":0,"index":1,"delta":{"content":"${KEY}"}}]}\n\n`,
  };
  for (const [name, frame] of Object.entries(frames)) {
    it(`ends the stream: ${name}`, async (test) => {
      const text = await answerTo(test, `${chunk('{"content":"Hello. "}')}${frame}data: [DONE]\n\n`);
      assert.ok(text.includes("Hello.") && text.includes("haechi_response_unprotected"), text);
      assert.ok(!text.includes(KEY), text);
    });
  }

  it("is none where two elements say it once each, or another member comes twice", async (test) => {
    const stream = `data: {"id":"a","id":"a","choices":[{"index":0,"delta":{"content":"one"}},{"index":1,"delta":{"content":"two"}}]}\n\ndata: [DONE]\n\n`;
    assert.equal(await answerTo(test, stream), stream);
  });
});

describe("a retry line of an event", () => {
  it("passes as a time", async (test) => {
    const stream = `retry: 3000\n${chunk('{"content":"Hello."}')}data: [DONE]\n\n`;
    assert.equal(await answerTo(test, stream), stream);
  });

  for (const value of [CARD, `x ${KEY}`, "kim@example.org"]) {
    it(`is left out when it holds something else: ${value.slice(0, 6)}…`, async (test) => {
      const rest = `${chunk('{"content":"Hello."}')}data: [DONE]\n\n`;
      assert.equal(await answerTo(test, `retry: ${value}\n${rest}`), rest);
    });
  }
});

describe("lines of JSON that come as a whole, on a route that nobody knows", () => {
  const deltas = [
    "The key is AK",
    "IAZ7QW",
    "3E5RTY2U",
    "IOP4 and the address ki",
    "m@exam",
    "ple.org",
    ", that is ",
    "all.",
  ];
  const lines: Readonly<Record<string, (text: string) => object>> = {
    "/api/chat": (content) => ({ model: "m", created_at: new Date(0), message: { role: "assistant", content } }),
    "/api/generate": (response) => ({ model: "m", response, done: false }),
    "/odd": (text) => ({ choices: [{ index: 0, parts: [{ text }] }] }),
  };
  for (const [path, line] of Object.entries(lines)) {
    it(`hold no value that is split over them: ${path}`, async (test) => {
      const stream = deltas.map((text) => `${JSON.stringify(line(text))}\n`).join("");
      const upstream = await recordingUpstream(test, (response) => {
        response.writeHead(200, { "content-type": "application/x-ndjson" });
        response.end(stream);
      });
      const config: ConfigInput = {
        target: { type: "llm-http" },
        responseProtection: { enabled: true },
        policy: { presets: [], actions: { api_key: "redact", email: "redact" } },
      };
      const haechi = await startHaechi(test, upstream.url, config);
      const reply = await fetch(`${haechi.url}${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
      });
      const text = (await reply.text()).replaceAll(/[^\n]*?(?:"(?:content|response|text)":"([^"]*)")[^\n]*\n/g, "$1");
      assert.match(text, /^The key is .*that is all\.$/);
      assert.ok(!text.includes(KEY) && !text.includes("kim@") && !text.includes("example.org"), text);
    });
  }

  it("are the same bytes where nothing is split", async (test) => {
    const stream = ["Card", "s of 1001", "1002 and", "1003", "1004"].map((text) => `{"a":{"b":"${text}"}}\n`).join("");
    const upstream = await recordingUpstream(test, (response) => {
      response.writeHead(200, { "content-type": "application/x-ndjson" });
      response.end(stream);
    });
    const haechi = await startHaechi(test, upstream.url, { responseProtection: { enabled: true } });
    const reply = await fetch(`${haechi.url}/odd`, { method: "POST", body: "{}" });
    assert.equal(await reply.text(), stream);
  });
});
