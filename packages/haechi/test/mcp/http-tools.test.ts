import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { addToken } from "../../src/providers/auth/bearer-file.ts";
import { CANARIES } from "../support/canaries.ts";
import { recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const { secret } = CANARIES;

const POLICY: ConfigInput = {
  policy: {
    presets: [],
    actions: { secret: "tokenize" },
    profiles: { deployers: {}, readers: { tools: { allow: ["read_vault"] } } },
    profileBinding: { byScope: { deploy: "deployers" }, default: "readers" },
  },
  auth: { provider: "bearer" },
  mcp: { tools: { deny: ["wipe"], rules: [{ tools: ["deploy"], restoreTypes: ["secret"], restoreFrom: "vault" }] } },
};

test("over HTTP each caller has the tools of its profile, called and listed", async (t) => {
  const { caller, requests } = await between(t);
  const [deployer, reader] = [await caller(["deploy"]), await caller([])];
  const names = async (ask: typeof deployer) =>
    (await ask("tools/list")).result.tools.map(({ name }: { name: string }) => name);
  assert.deepEqual(await names(deployer), ["read_vault", "deploy", "log"]);
  assert.deepEqual(await names(reader), ["read_vault"]);
  const before = requests.length;
  for (const [ask, name, reason] of [
    [deployer, "WIPE", "tool_denied"],
    [reader, "deploy", "tool_not_listed"],
  ] as const) {
    const { error } = await ask("tools/call", { name });
    assert.deepEqual([error.code, error.data], [-32004, { tool: name, reason }]);
  }
  assert.equal(requests.length, before);
});

test("over HTTP a token goes into the calls of the caller who got it, and of nobody else", async (t) => {
  const { caller, received } = await between(t);
  const [one, other] = [await caller(["deploy"]), await caller(["deploy"])];
  const token = (await one("tools/call", { name: "read_vault" })).result.content[0].text;
  assert.match(token, /^\[TOKEN:tok_secret_/);
  await one("tools/call", { name: "deploy", arguments: { key: token } });
  await one("tools/call", { name: "log", arguments: { key: token } });
  // Although the rule is about the vault as a whole: here callers are told apart.
  await other("tools/call", { name: "deploy", arguments: { key: token } });
  assert.deepEqual(received(), [{ key: secret }, { key: token }, { key: token }]);
});

test("over HTTP the tokens of one session of a caller are not for another session", async (t) => {
  const { caller, received } = await between(t);
  const ask = await caller(["deploy"]);
  const token = (await ask("tools/call", { name: "read_vault" }, { "mcp-session-id": "a" })).result.content[0].text;
  await ask("tools/call", { name: "deploy", arguments: { key: token } }, { "mcp-session-id": "b" });
  await ask("tools/call", { name: "deploy", arguments: { key: token } }, { "mcp-session-id": "a" });
  assert.deepEqual(received(), [{ key: token }, { key: secret }]);
});

/** A gateway for callers with tokens, in front of a server with a secret. */
async function between(t: TestContext, config: ConfigInput = POLICY) {
  const upstream = await recordingUpstream(t, (response, { body }) => {
    const { id, method, params } = JSON.parse(body.toString());
    const tools = ["read_vault", "wipe", "deploy", "log"].map((name) => ({ name, inputSchema: { type: "object" } }));
    const content = [{ type: "text", text: params?.name === "read_vault" ? secret : "done" }];
    const result = method === "tools/list" ? { tools } : { content };
    response.setHeader("content-type", "application/json").end(JSON.stringify({ jsonrpc: "2.0", id, result }));
  });
  const { url, folder, runtime } = await startHaechi(t, upstream.url, { ...config, target: { type: "mcp" } });
  let nextId = 1;
  return {
    requests: upstream.requests,
    /** The arguments that arrived at the server. */
    received: () => upstream.requests.flatMap(({ body }) => JSON.parse(body.toString()).params?.arguments ?? []),
    async caller(scopes: readonly string[]) {
      const holder = { scopes, labels: {}, type: "service", allowedLabelKeys: [] } as const;
      const { token } = await addToken(join(folder, "auth.json"), holder, runtime);
      return async (method: string, params: object = {}, headers: Record<string, string> = {}) => {
        const answer = await fetch(`${url}/mcp`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${token}`,
            "content-type": "application/json",
            accept: "application/json, text/event-stream",
            ...headers,
          },
          body: JSON.stringify({ jsonrpc: "2.0", id: nextId++, method, params }),
        });
        return JSON.parse(await answer.text());
      };
    },
  };
}
