import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import OpenAI from "openai";
import type { ConfigInput } from "../../src/config/schema.ts";
import { addToken } from "../../src/providers/auth/bearer-file.ts";
import { answerJson, chatCompletion, type RecordedRequest, recordingUpstream } from "../support/recording-upstream.ts";
import { type HaechiUnderTest, startHaechi } from "../support/start-haechi.ts";
import { tempFolder } from "../support/temp-folder.ts";

const KEY = "the-key-of-the-gateway";
const CLIENT_KEY = "the-key-of-the-client";
const holder = { type: "service", scopes: [], labels: {}, allowedLabelKeys: [] } as const;
const ask = { model: "m", messages: [{ role: "user", content: "hello" }] } as const;
const bearer = (haechi: HaechiUnderTest) => addToken(join(haechi.folder, "auth.json"), holder, haechi.runtime);

describe("the gateway's own provider key", () => {
  for (const [type, header, value, parameter] of [
    ["openai-compatible", "authorization", `Bearer ${KEY}`, null],
    ["vllm-openai", "authorization", `Bearer ${KEY}`, null],
    ["ollama", "authorization", `Bearer ${KEY}`, null],
    ["llama-cpp", "authorization", `Bearer ${KEY}`, null],
    ["anthropic", "x-api-key", KEY, null],
    ["gemini", "x-goog-api-key", KEY, "key"],
    ["azure-openai", "api-key", KEY, "api-key"],
  ] as const) {
    it(`is sent to ${type} in ${header}, in place of every key of the client`, async (test) => {
      const { upstream, haechi } = await started(test, { target: { type } });
      const clientKeys = ["authorization", "x-api-key", "x-goog-api-key", "api-key"].map((name) => [name, CLIENT_KEY]);
      const reply = await fetch(`${haechi.url}/v1/models?key=${CLIENT_KEY}&api-key=${CLIENT_KEY}&page=2`, {
        headers: Object.fromEntries(clientKeys),
      });
      assert.equal(reply.status, 200);
      const { target, rawHeaders } = upstream.requests[0]!;
      assert.deepEqual(valuesOf(upstream.requests[0]!, header), [value]);
      assert.equal(rawHeaders.filter((text) => text.includes(KEY)).length, 1);
      assert.ok(!rawHeaders.some((text) => text.includes(CLIENT_KEY)));
      const query = new URL(target, "http://upstream.test").searchParams;
      if (parameter !== null) assert.equal(query.get(parameter), null);
      assert.equal(query.get("page"), "2");
    });
  }

  it("lets an OpenAI client with a token of the gateway reach an upstream that reads Authorization only", async (test) => {
    const { upstream, haechi } = await started(test, { auth: { provider: "bearer" } });
    const { token } = await bearer(haechi);
    const client = new OpenAI({ baseURL: `${haechi.url}/v1`, apiKey: token });
    assert.equal((await client.chat.completions.create({ ...ask, messages: [...ask.messages] })).choices.length, 1);
    assert.deepEqual(valuesOf(upstream.requests[0]!, "authorization"), [`Bearer ${KEY}`]);
    assert.ok(!upstream.requests[0]!.everything.includes(token));
  });

  it("is in no record, log or metric, and not in the configuration", async (test) => {
    const { haechi } = await started(test, { policy: { actions: { email: "block" } } });
    await fetch(`${haechi.url}/v1/chat/completions`, { method: "POST", body: JSON.stringify(ask) });
    const written = [await haechi.auditText(), haechi.logged.join(), await haechi.metrics()];
    for (const text of [...written, JSON.stringify(haechi.runtime.config)]) assert.ok(!text.includes(KEY));
  });

  it("that is replaced is used from the next request on, and without one the gateway sends nothing", async (test) => {
    const { upstream, haechi, keyFile } = await started(test);
    const post = () => fetch(`${haechi.url}/v1/chat/completions`, { method: "POST", body: JSON.stringify(ask) });
    assert.equal((await post()).status, 200);
    await writeFile(keyFile, "another-key\n");
    assert.equal((await post()).status, 200);
    assert.deepEqual(
      upstream.requests.flatMap((request) => valuesOf(request, "authorization")),
      [`Bearer ${KEY}`, "Bearer another-key"],
    );
    await writeFile(keyFile, "");
    const refused = await post();
    assert.equal(refused.status, 503);
    assert.equal(upstream.requests.length, 2);
    const last = (await haechi.auditEntries()).at(-1)!;
    assert.ok("decision" in last && last.reason === "provider_key_unavailable");
  });
});

describe("a token in a header of its own", () => {
  it("leaves Authorization to the provider's key of the client", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const haechi = await startHaechi(test, upstream.url, { auth: { provider: "bearer", header: "x-haechi-token" } });
    const { token } = await bearer(haechi);
    const client = new OpenAI({
      baseURL: `${haechi.url}/v1`,
      apiKey: CLIENT_KEY,
      defaultHeaders: { "x-haechi-token": token },
    });
    assert.equal((await client.chat.completions.create({ ...ask, messages: [...ask.messages] })).choices.length, 1);
    assert.deepEqual(valuesOf(upstream.requests[0]!, "authorization"), [`Bearer ${CLIENT_KEY}`]);
    assert.ok(!upstream.requests[0]!.everything.includes(token));
  });

  it("is asked for there and not in Authorization", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const haechi = await startHaechi(test, upstream.url, { auth: { provider: "bearer", header: "x-haechi-token" } });
    const { token } = await bearer(haechi);
    const outcomes: unknown[] = [];
    for (const headers of [{ authorization: `Bearer ${token}` }, { "x-haechi-token": `Bearer ${token}` }]) {
      const { status } = await fetch(`${haechi.url}/v1/models`, { headers });
      const last = (await haechi.auditEntries()).at(-1)!;
      outcomes.push([status, "decision" in last && last.reason]);
    }
    assert.deepEqual(outcomes, [
      [401, "no_token"],
      [401, "invalid_token"],
    ]);
    assert.equal(upstream.requests.length, 0);
  });
});

async function started(test: TestContext, { target, ...overrides }: ConfigInput = {}) {
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
  const keyFile = join(await tempFolder(test), "provider.key");
  await writeFile(keyFile, `${KEY}\n`);
  const haechi = await startHaechi(test, upstream.url, { ...overrides, target: { auth: { keyFile }, ...target } });
  return { upstream, haechi, keyFile };
}

function valuesOf({ rawHeaders }: RecordedRequest, name: string): string[] {
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]!.toLowerCase() === name);
}
