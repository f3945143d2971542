import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { browserCommand, openInBrowser, servePage } from "../support/browser.ts";
import {
  answerJson,
  answerStream,
  chatCompletion,
  chatStreamEvents,
  recordingUpstream,
} from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const SDK = dirname(fileURLToPath(import.meta.resolve("openai")));
const ADDRESS = "minji@example.com";

describe("a browser", { skip: browserCommand === null ? "needs chromium" : false }, () => {
  it("runs the SDK in a page that is named: answers, streams and refusals come as to any client", async (test) => {
    const { told, upstream, entries } = await chatIn(test, { namedHost: "localhost", pageHost: "localhost" });
    assert.deepEqual(told, { plain: "Noted.", streamed: ["One ", "two ", "three."], refused: 403 });
    assert.equal(upstream.requests.length, 2);
    for (const { everything } of upstream.requests) assert.ok(!everything.includes(ADDRESS), everything);
    assert.equal(entries.filter(({ operation }) => operation.startsWith("request")).length, 3);
  });

  it("lets a page that is not named send nothing, whatever name it goes by", async (test) => {
    for (const pageHost of ["127.0.0.1", "rebound.example"]) {
      const { told, upstream } = await chatIn(test, { namedHost: "localhost", pageHost });
      assert.deepEqual(told, { plain: "APIConnectionError", streamed: "APIConnectionError" });
      assert.equal(upstream.requests.length, 0);
    }
  });
});

/** What a page heard that chats through a gateway with the official SDK. */
async function chatIn(test: TestContext, hosts: { readonly namedHost: string; readonly pageHost: string }) {
  const upstream = await recordingUpstream(test, (response, { body }) =>
    JSON.parse(body.toString("utf8")).stream
      ? answerStream(response, chatStreamEvents(["One ", "two ", "three."]))
      : answerJson(response, chatCompletion("Noted.")),
  );
  let gatewayUrl = "";
  const page = await servePage(test, () => script(gatewayUrl), sdkFile);
  const haechi = await startHaechi(test, upstream.url, {
    proxy: { allowedOrigins: [`http://${hosts.namedHost}:${page.port}`] },
    streaming: { requestMode: "inspect" },
    policy: { presets: [], actions: { email: "redact", api_key: "block" } },
  });
  gatewayUrl = haechi.url.replace("127.0.0.1", hosts.pageHost);
  await openInBrowser(test, `http://${hosts.pageHost}:${page.port}/`, [
    "--host-resolver-rules=MAP rebound.example 127.0.0.1",
  ]);
  return { told: await page.told(), upstream, entries: await haechi.auditEntries() };
}

async function sdkFile(path: string): Promise<Buffer | null> {
  const file = normalize(join(SDK, path.replace("/openai/", "/")));
  return file.startsWith(SDK) ? readFile(file).catch(() => null) : null;
}

const script = (url: string) => `
import OpenAI from "/openai/index.mjs";
const client = new OpenAI({ apiKey: "none", baseURL: "${url}/v1", dangerouslyAllowBrowser: true, maxRetries: 0 });
const ask = (content, more = {}) =>
  client.chat.completions.create({ model: "m", messages: [{ role: "user", content }], ...more });
const nameOf = (error) => error.constructor.name;

const plain = await ask("I am ${ADDRESS}").then(({ choices }) => choices[0].message.content, nameOf);
const streamed = await ask("Write to ${ADDRESS}", { stream: true }).then(async (stream) => {
  const pieces = [];
  for await (const { choices } of stream) if (choices[0]?.delta.content) pieces.push(choices[0].delta.content);
  return pieces;
}, nameOf);
const refused = await ask("AKIA" + "Q3EGRYJ7HB2WKLMN").then(() => "answered", ({ status }) => status);
report({ plain, streamed, refused });
`;
