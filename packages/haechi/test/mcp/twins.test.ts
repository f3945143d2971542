import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { tokenize } from "../../src/core/document/tokenize.ts";
import { maskTwins } from "../../src/mcp/mask-twins.ts";
import { type McpSession, mcpSession } from "../support/mcp-session.ts";

const PASSWORD = "kT9#vexLq2";

async function told({ client, server }: McpSession, result: object) {
  server.send({ jsonrpc: "2.0", id: 1, result });
  return (await client.next()).result;
}

test("a value that its name gives away in structured content is masked in the sentence that repeats it", async (t) => {
  for (const action of ["redact", "mask", "tokenize", "encrypt"] as const) {
    const session = await mcpSession(t, { policy: { presets: [], actions: { secret: action } } });
    const result = await told(session, {
      structuredContent: { db: { user: "app", password: PASSWORD } },
      content: [
        { type: "text", text: `The database wants ${PASSWORD}, twice: "${PASSWORD}".` },
        { type: "text", text: JSON.stringify({ row: ["app", PASSWORD], said: `is ${PASSWORD}` }) },
        { type: "resource", resource: { uri: "file:///a", text: `also ${PASSWORD}ness and ${PASSWORD}` } },
      ],
    });
    const { password } = result.structuredContent.db;
    assert.notEqual(password, PASSWORD, action);
    assert.equal(result.content[0].text, `The database wants ${password}, twice: "${password}".`);
    assert.deepEqual(JSON.parse(result.content[1].text), { row: ["app", password], said: `is ${password}` });
    assert.equal(result.content[2].resource.text, `also ${PASSWORD}ness and ${password}`);
    const counts = (await session.auditEntries()).flatMap((entry) =>
      "decision" in entry && entry.decision === "twins_masked" ? [entry.count] : [],
    );
    assert.deepEqual(counts, [5]);
  }
});

test("texts stay as they are where the structured content does, and where nothing is enforced", async (t) => {
  const content = [{ type: "text", text: `app says ${PASSWORD}` }];
  const clean = { structuredContent: { user: "app" }, content };
  assert.deepEqual(await told(await mcpSession(t), clean), clean);
  const found = { structuredContent: { password: PASSWORD }, content };
  assert.deepEqual(await told(await mcpSession(t, { mode: "report-only" }), found), found);
});

test("whatever is masked in structured content stands in no sentence as a word of its own, and all else is left", () => {
  const read = (bytes: Uint8Array) => tokenize(bytes, { depthMax: 64 });
  const word = fc.stringMatching(/^[a-z0-9$^*+?.()|[\]{}\\/"-]{4,12}$/);
  const filler = fc.constantFrom("so ", "is ", ", ", ": ", "\n", " 日本 ", "[REDACTED:secret] ", "\u2028");
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { minLength: 1, maxLength: 6 }),
      fc.array(fc.nat()),
      fc.array(filler),
      (words, order, fillers) => {
        const masks = words.map((_, index) => `<${index}>`);
        const pieces = order.map((n, index) => [fillers[index] ?? " ", words[n % words.length]!, " "]);
        const text = pieces.flat().join("");
        const message = (values: readonly string[]) =>
          Buffer.from(JSON.stringify({ result: { structuredContent: { values }, content: [{ text }] } }));
        const { bytes, count } = maskTwins(read(message(words)), message(masks), { read });
        const masked = JSON.parse(Buffer.from(bytes).toString()).result;
        assert.deepEqual(masked.structuredContent.values, masks);
        // A word within a longer one that stands there is masked with that.
        const isOneInAnother = words.some((one) => words.some((other) => one !== other && other.includes(one)));
        if (isOneInAnother || text.trimStart().startsWith("[") || text.trimStart().startsWith("{")) return;
        const expected = order.flatMap((n, index) => [fillers[index] ?? " ", masks[n % words.length]!, " "]).join("");
        assert.equal(masked.content[0].text, expected);
        assert.equal(count, order.length);
      },
    ),
  );
});
