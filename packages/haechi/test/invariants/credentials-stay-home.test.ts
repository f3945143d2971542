import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { addToken } from "../../src/providers/auth/bearer-file.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const serviceToken = { type: "service", scopes: [], labels: {}, allowedLabelKeys: [] } as const;

const body = JSON.stringify({ model: "m", messages: [] });

describe("credentials", () => {
  it("of the gateway never reach the upstream, and those of the provider do", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const haechi = await startHaechi(test, upstream.url, { auth: { provider: "bearer" } });
    const { token } = await addToken(join(haechi.folder, "auth.json"), serviceToken, haechi.runtime);
    const reply = await fetch(`${haechi.url}/v1/chat/completions`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${token}`,
        cookie: "session=gateway-cookie",
        "proxy-authorization": "Basic Z2F0ZXdheQ==",
        "x-api-key": "provider-key",
        "anthropic-version": "2023-06-01",
      },
      body,
    });
    assert.equal(reply.status, 200);
    const { everything } = upstream.requests[0]!;
    for (const own of [token, "gateway-cookie", "Z2F0ZXdheQ=="]) assert.ok(!everything.includes(own));
    assert.ok(everything.includes("provider-key"));
    assert.ok(everything.includes("2023-06-01"));
    assert.ok(!(await haechi.auditText()).includes(token));
    assert.ok(!haechi.logged.join("\n").includes(token));
  });

  it("that are missing or wrong are refused before the body is read, and recorded without their text", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const haechi = await startHaechi(test, upstream.url, { auth: { provider: "bearer" } });
    for (const [authorization, reason] of [
      [undefined, "no_token"],
      ["Bearer hae_not-a-token-of-ours", "invalid_token"],
    ] as const) {
      const reply = await fetch(`${haechi.url}/v1/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(authorization === undefined ? {} : { authorization }) },
        body: "{ this is not JSON",
      });
      assert.equal(reply.status, 401);
      assert.match(reply.headers.get("www-authenticate") ?? "", /^Bearer/);
      const last = (await haechi.auditEntries()).at(-1)!;
      assert.ok("decision" in last && last.decision === "auth_denied" && last.reason === reason);
    }
    assert.ok(!(await haechi.auditText()).includes("not-a-token-of-ours"));
    assert.equal(upstream.requests.length, 0);
  });

  it("of the client go upstream where the gateway asks for none of its own", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const haechi = await startHaechi(test, upstream.url);
    const authorization = `Bearer sk-${"provider".repeat(4)}`;
    await fetch(`${haechi.url}/v1/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization },
      body,
    });
    assert.ok(upstream.requests[0]!.everything.includes(authorization));
  });
});
