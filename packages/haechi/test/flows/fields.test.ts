import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { compilePlaceRules } from "../../src/core/document/field-rules.ts";
import type { FieldContent } from "../../src/engine/find/field-contents.ts";
import type { ProtectionContext } from "../../src/engine/protect-document.ts";
import { answerJson, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const rules: readonly [path: string, holds: FieldContent][] = [
  ["messages.*.type", "identifier"],
  ["messages.*.signature", "opaque"],
  ["messages.*.arguments", "json"],
  ["messages.*.thinking", "signed-text"],
  ["messages.*.data", "media"],
];
const fields = compilePlaceRules(rules.map(([path, holds]) => ({ path: path.split("."), holds })));

/** Protects the one message of a document, whose members are of every kind. */
async function protecting(test: TestContext, config: ConfigInput = {}) {
  const actions = { card: "redact", secret: "redact" } as const;
  const { runtime, auditEntries } = await startHaechi(test, "http://127.0.0.1:9", {
    policy: { presets: [], actions },
    ...config,
  });
  const protect = async (message: object, direction: "request" | "response" = "request", restores = NONE) => {
    const body = JSON.stringify({ messages: [message] });
    const context: ProtectionContext = {
      mode: "enforce",
      policy: runtime.policy.profiles.base,
      direction,
      scanNumbers: true,
      protocol: "llm-http",
      operation: "test",
      identity: null,
      correlationId: null,
      restores,
    };
    const document = runtime.haechi.read(Buffer.from(body));
    const protection = await runtime.haechi.protect([{ place: "body", document, fields }], context);
    if (protection.verdict === "blocked") return { verdict: "blocked" as const, summary: protection.summary };
    const text = Buffer.from(protection.bytes[0]!).toString();
    const [changed] = JSON.parse(text).messages;
    return { ...protection, text, message: changed, isUnchanged: text === body };
  };
  return { protect, auditEntries };
}

const NONE: ReadonlyMap<string, string> = new Map();
const SIGNATURE = `EqQBCkgIARABGAIiQ${"aB3+/".repeat(20)}==`;

describe("what stands in a body beside text", () => {
  it("reads tool arguments by the names of their members, and they stay the document that they were", async (test) => {
    const { protect } = await protecting(test);
    const args = { password: "hunter2hunter2", note: "미나 minji@example.com", n: 1.5 };
    const python = `{"password": "hunter2hunter2", "note": "\\ubbf8\\ub098 minji@example.com", "n": 1.50}`;
    for (const written of [JSON.stringify(args), python]) {
      const { message } = (await protect({ arguments: written })) as { message: { arguments: string } };
      const read = JSON.parse(message.arguments);
      assert.deepEqual(read, { password: "[REDACTED:secret]", note: "미나 [REDACTED:email]", n: 1.5 });
    }
  });

  it("keeps of a value in tool arguments what it says, not how it was escaped there", async (test) => {
    const { protect } = await protecting(test, {
      policy: { presets: [], actions: { name: "tokenize" } },
      filters: { customRules: [{ id: "name", type: "name", pattern: "NAME<[^>]{1,20}>" }] },
    });
    const { issued } = (await protect({ arguments: '{"who":"NAME<\\"\\ubbf8>"}' })) as {
      issued: ReadonlyMap<string, string>;
    };
    assert.deepEqual([...issued.values()], ['NAME<"미>']);
  });

  it("lets signatures pass byte for byte, and looks into what only stands in their place", async (test) => {
    const { protect } = await protecting(test);
    const signed = await protect({ signature: SIGNATURE });
    assert.ok("isUnchanged" in signed && signed.isUnchanged);
    const { message } = (await protect({ signature: "minji@example.com" })) as { message: { signature: string } };
    assert.equal(message.signature, "[REDACTED:email]");
  });

  it("gives signed text back as it came, and looks into any other", async (test) => {
    const { protect } = await protecting(test);
    const thinking = "The user is minji@example.com [TOKEN:tok_x].";
    const restores = new Map([["tok_x", "Minji"]]);
    const came = await protect({ thinking, text: "[TOKEN:tok_x]" }, "response", restores);
    assert.ok("message" in came);
    assert.deepEqual(came.message, { thinking, text: "Minji" });
    const back = await protect({ thinking });
    assert.ok("isUnchanged" in back && back.isUnchanged);
    const other = await protect({ thinking: `${thinking} ` });
    assert.ok("message" in other && !other.text.includes("minji@example.com"));
  });

  it("blocks signed text like any other, and then does not know it", async (test) => {
    const { protect } = await protecting(test, { policy: { presets: [], actions: { card: "block" } } });
    const thinking = "4111 1111 1111 1111";
    assert.equal((await protect({ thinking }, "response")).verdict, "blocked");
    assert.equal((await protect({ thinking })).verdict, "blocked");
  });

  it("says in the audit log that a finding in signed text was not acted on", async (test) => {
    const { protect, auditEntries } = await protecting(test);
    await protect({ thinking: "minji@example.com", text: "minji@example.com" }, "response");
    const [entry] = await auditEntries();
    assert.ok(entry !== undefined && "detections" in entry);
    assert.deepEqual(
      entry.detections.map(({ enforced }) => enforced),
      [false, true],
    );
  });

  it("counts media, and blocks those that are not wanted", async (test) => {
    const png = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.alloc(600, 1)]).toString("base64");
    const allowing = await protecting(test);
    const passed = await allowing.protect({ data: `data:image/png;base64,${png}` });
    assert.ok("isUnchanged" in passed && passed.isUnchanged);
    assert.deepEqual([passed.summary.byType, passed.summary.byAction], [{ media_image: 1 }, { allow: 1 }]);
    const blocking = await protecting(test, { filters: { media: { image: "block" } } });
    assert.equal((await blocking.protect({ data: png })).verdict, "blocked");
  });

  it("reads text that is only encoded as media", async (test) => {
    const { protect } = await protecting(test);
    const note = Buffer.from(`${"nothing ".repeat(40)} minji@example.com`).toString("base64");
    const { message } = (await protect({ data: `data:text/plain;base64,${note}` })) as { message: { data: string } };
    assert.equal(message.data, "[REDACTED:email]");
  });
});

describe("a prompt in the form of token ids", () => {
  const send = (url: string, path: string, body: object) =>
    fetch(url + path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

  it("is blocked, because only the model can read it, unless the operator lets it through", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, "{}"));
    const blocking = await startHaechi(test, upstream.url);
    for (const input of [[1, 2, 3], [[4, 5]]]) {
      const reply = await send(blocking.url, "/v1/embeddings", { model: "m", input });
      const { error, summary } = JSON.parse(await reply.text());
      assert.deepEqual([reply.status, error, summary.byType], [403, "haechi_policy_block", { token_ids: 1 }]);
    }
    assert.equal((await send(blocking.url, "/v1/embeddings", { input: ["text"], dimensions: 3 })).status, 200);
    const allowing = await startHaechi(test, upstream.url, { filters: { tokenIds: "allow" } });
    assert.equal((await send(allowing.url, "/v1/embeddings", { input: [1, 2, 3] })).status, 200);
    assert.equal(upstream.requests.length, 2);
  });

  for (const { type, path, body } of [
    { type: "openai-compatible", path: "/v1/completions/", body: { model: "m", prompt: [1, 2, 3] } },
    { type: "openai-compatible", path: "/V1/Completions", body: { model: "m", prompt: [[1, 2, 3]] } },
    { type: "ollama", path: "/api/generate", body: { model: "m", prompt: "", Context: [1, 2, 3], stream: false } },
    { type: "llama-cpp", path: "/embedding", body: { content: [1, 2, 3] } },
  ] as const) {
    it(`is blocked for ${type} at ${path} however it is spelled: ${JSON.stringify(body)}`, async (test) => {
      const upstream = await recordingUpstream(test, (response) => answerJson(response, "{}"));
      const haechi = await startHaechi(test, upstream.url, { target: { type } });
      const reply = await send(haechi.url, path, body);
      assert.deepEqual([reply.status, upstream.requests.length], [403, 0]);
      await reply.text();
    });
  }
});
