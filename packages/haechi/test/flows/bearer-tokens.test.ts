import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import OpenAI, { AuthenticationError } from "openai";
import { addToken, revokeToken, rotateToken } from "../../src/providers/auth/bearer-file.ts";
import { readUsage } from "../../src/providers/auth/bearer-usage.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

describe("a client with a bearer token", () => {
  it("is let in until the token is revoked, and not once after", async (test) => {
    const { store, runtime, ask, upstream } = await started(test);
    const { token, record } = await addToken(store, HOLDER, runtime);
    await ask(token);
    await revokeToken(store, record.id);
    await assert.rejects(ask(token), AuthenticationError);
    assert.equal(upstream.requests.length, 1);
  });

  it("changes over to a new token without being shut out, under the same identity", async (test) => {
    const { store, runtime, ask, auditEntries } = await started(test);
    const { token, record } = await addToken(store, HOLDER, runtime);
    await ask(token);
    const previousExpiresAt = new Date(Date.now() + 60_000).toISOString();
    const rotated = await rotateToken(store, record.id, () => ({ previousExpiresAt }), runtime);
    await ask(token);
    await ask(rotated.token);
    const identities = (await auditEntries()).map(({ identity }) => JSON.stringify(identity));
    assert.equal(identities.length, 3);
    assert.equal(new Set(identities).size, 1);
  });

  it("is in the audit log with five members that name nobody", async (test) => {
    const { store, runtime, ask, auditEntries } = await started(test);
    const { token, record } = await addToken(store, HOLDER, runtime);
    await ask(token);
    const { identity } = (await auditEntries())[0]!;
    assert.deepEqual(Object.keys(identity ?? {}).sort(), ["id", "issuerHash", "provider", "subjectHash", "type"]);
    assert.equal(identity?.id, record.id);
    assert.match(String(identity?.subjectHash), /^[0-9a-f]{64}$/);
  });

  it("has its last use written down when the gateway closes", async (test) => {
    const { store, runtime, ask, gateway } = await started(test);
    const { token, record } = await addToken(store, HOLDER, runtime);
    await ask(token);
    await gateway.close();
    assert.ok((await readUsage(store)).has(record.id));
  });
});

const HOLDER = { type: "service", scopes: ["chat"], labels: { team: "search" }, allowedLabelKeys: ["team"] } as const;

async function started(test: TestContext) {
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
  const haechi = await startHaechi(test, upstream.url, { auth: { provider: "bearer" } });
  const ask = (apiKey: string) =>
    new OpenAI({ baseURL: `${haechi.url}/v1`, apiKey, maxRetries: 0 }).chat.completions.create({
      model: "m",
      messages: [{ role: "user", content: "hello" }],
    });
  return { ...haechi, upstream, ask, store: join(haechi.folder, "auth.json") };
}
