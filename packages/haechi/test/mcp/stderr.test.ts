import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { CANARIES, canariesIn } from "../support/canaries.ts";
import { type McpSession, mcpSession } from "../support/mcp-session.ts";

const { secret, email, card } = CANARIES;

test("what holds nothing comes out as it is, whatever pieces it comes in", async (t) => {
  const text = "Server is up ✓\r\n\n  at line 7\nno end";
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), async (lengths) => {
      const session = await mcpSession(t);
      writeInPieces(session, text, lengths);
      assert.equal(await allOf(session), text);
    }),
    { numRuns: 10 },
  );
});

test("a finding is replaced, and a line that is blocked is dropped", async (t) => {
  const session = await mcpSession(t);
  session.serverErrors.write(`user ${email} came\npaid with ${card} today\nfine\n`);
  assert.equal(await allOf(session), "user [REDACTED:email] came\nfine\n");
  const entries = await session.auditEntries();
  assert.ok(entries.length > 0);
  assert.ok(entries.every(({ operation }) => operation === "stderr"));
  assert.deepEqual(canariesIn(await session.auditText()), []);
});

test("a value that is split over lines and pieces is found", async (t) => {
  const splits: readonly (readonly string[])[] = [
    [`key ${secret.slice(0, 20)}\n`, `${secret.slice(20)} end\n`],
    [`key ${secret.slice(0, 20)}\n${secret.slice(20)} end\n`],
    [`key ${secret.slice(0, 7)}`, `${secret.slice(7, 20)}\r\n${secret.slice(20)}`, " end\n"],
    [`key ${secret.slice(0, 14)}\n${secret.slice(14, 28)}\n${secret.slice(28)} end\n`],
    [`first\nkey ${email.slice(0, 18)}\n${email.slice(18)}\nlast\n`],
  ];
  for (const pieces of splits) {
    const session = await mcpSession(t);
    for (const piece of pieces) session.serverErrors.write(piece);
    const out = await allOf(session);
    assert.deepEqual(canariesIn(out.replaceAll(/\r?\n/g, "")), [], out);
    assert.ok(pieces.length === 0 || !out.includes(secret.slice(20)), out);
  }
});

test("what would complete a value that has begun to leave does not follow it", async (t) => {
  const session = await mcpSession(t);
  session.serverErrors.write(`key ${secret.slice(0, 20)}\n`);
  while (session.errors() === "") await setImmediate();
  session.serverErrors.write(`${secret.slice(20)}\nlater\n`);
  assert.equal(await allOf(session), `key ${secret.slice(0, 20)}\nlater\n`);
});

test("lines leave without waiting for the end of the server", async (t) => {
  const session = await mcpSession(t);
  session.serverErrors.write("listening\n");
  while (session.errors() === "") await setImmediate();
  assert.equal(session.errors(), "listening\n");
});

test("lines leave while a server goes on and on", async (t) => {
  const session = await mcpSession(t);
  for (let number = 0; session.errors() === ""; number++) {
    session.serverErrors.write(`${number}\n`);
    await setImmediate();
  }
  assert.ok(session.errors().startsWith("0\n1\n"));
});

test("a text without lines is not kept for ever", async (t) => {
  const session = await mcpSession(t);
  const text = "word ".repeat(20_000);
  writeInPieces(session, text, [10_000]);
  assert.equal(await allOf(session), text);
});

test("in dry-run everything comes out, and is recorded", async (t) => {
  const session = await mcpSession(t, { mode: "dry-run" });
  const text = `user ${email} paid with ${card}\n`;
  session.serverErrors.write(text);
  const out = await allOf(session);
  assert.ok(out.startsWith("warning: mode is dry-run"));
  assert.ok(out.endsWith(`\n${text}`));
  assert.equal((await session.auditEntries()).length, 1);
});

function writeInPieces({ serverErrors }: McpSession, text: string, lengths: readonly number[]): void {
  const bytes = Buffer.from(text);
  for (let at = 0, index = 0; at < bytes.length; index++) {
    const length = lengths[index % lengths.length]!;
    serverErrors.write(bytes.subarray(at, at + length));
    at += length;
  }
}

async function allOf(session: McpSession): Promise<string> {
  await session.end();
  return session.errors();
}
