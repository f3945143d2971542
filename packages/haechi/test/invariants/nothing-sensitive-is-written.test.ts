import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { CANARIES, canariesIn } from "../support/canaries.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { type HaechiUnderTest, startHaechi } from "../support/start-haechi.ts";

const changeEverything: ConfigInput["policy"] = {
  presets: [],
  defaultAction: "redact",
  actions: { card: "redact", email: "tokenize", phone: "mask", iban: "encrypt" },
};

const all = Object.values(CANARIES).join(" and ");

/** Requests that carry every canary, each in another place. */
const requests: readonly { readonly where: string; readonly target?: string; readonly init: RequestInit }[] = [
  { where: "a message", init: chat({ messages: [{ role: "user", content: all }] }) },
  { where: "an object key", init: chat({ metadata: Object.fromEntries(Object.values(CANARIES).map((v) => [v, 1])) }) },
  { where: "a number", init: chat({ logit_bias: { 1: 4111111111111111 } }) },
  { where: "the model name", init: chat({ model: all }) },
  { where: "escaped text", init: { ...chat({}), body: `{"model":"m","messages":[{"content":"${escaped(all)}"}]}` } },
  { where: "a nested JSON string", init: chat({ arguments: JSON.stringify({ note: all }) }) },
  { where: "a path segment", target: `/v1/users/${encodeURIComponent(CANARIES.email)}/x`, init: chat({}) },
  { where: "the query", target: `/v1/chat/completions?q=${encodeURIComponent(all)}`, init: chat({}) },
  { where: "a query name", target: `/v1/models?${encodeURIComponent(CANARIES.iban)}=1`, init: { method: "GET" } },
  { where: "a forwarded header", init: chat({}, { "user-agent": `agent (${all})` }) },
  { where: "a header that is not forwarded", init: chat({}, { "x-note": all }) },
  { where: "broken JSON", init: { ...chat({}), body: `{"model":"m","messages":"${all}` } },
  { where: "text that is not UTF-8", init: { ...chat({}), body: Buffer.concat([Buffer.from(all), Buffer.of(0xff)]) } },
  { where: "a body over the limit", init: chat({ messages: [{ content: all + " ".repeat(300_000) }] }) },
  {
    where: "a body that nests too deeply",
    init: { ...chat({}), body: `${"[".repeat(300)}"${all}"${"]".repeat(300)}` },
  },
  { where: "a body of another type", init: chat({ messages: all }, { "content-type": "text/plain" }) },
];

for (const [name, policy] of [
  ["that changes every finding", changeEverything],
  ["of the defaults, which blocks some", {}],
] as const) {
  describe(`under a policy ${name}, nothing sensitive is written`, () => {
    it("to the audit log, the vault, logs, metrics, error replies or the upstream", async (test) => {
      const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
      const haechi = await startHaechi(test, upstream.url, { policy, limits: { maxRequestBytes: 200_000 } });
      for (const { where, target = "/v1/chat/completions", init } of requests) {
        const reply = await fetch(haechi.url + target, init);
        assert.deepEqual(canariesIn(await reply.text()), [], `the reply to canaries in ${where}`);
        assert.deepEqual(canariesIn(JSON.stringify([...reply.headers])), [], `the headers replied to ${where}`);
      }
      for (const { everything } of upstream.requests) assert.deepEqual(canariesIn(everything), []);
      assert.deepEqual(canariesIn(haechi.logged.join("\n")), []);
      assert.deepEqual(canariesIn(await haechi.metrics()), []);
      await assertNothingInFolder(haechi);
      assert.ok((await haechi.auditEntries()).length >= requests.length, "every request is in the audit log");
    });
  });
}

async function assertNothingInFolder({ folder }: HaechiUnderTest): Promise<void> {
  for (const name of await readdir(folder)) {
    const content = await readFile(join(folder, name), "latin1").catch(() => "");
    assert.deepEqual(canariesIn(content), [], `the file ${name}`);
  }
}

function chat(body: object, headers: Record<string, string> = {}): RequestInit {
  return {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ model: "m", ...body }),
  };
}

/** Every character as a `\u` escape. */
function escaped(text: string): string {
  return [...text].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
}
