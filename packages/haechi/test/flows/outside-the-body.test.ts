import assert from "node:assert/strict";
import type { OutgoingHttpHeaders } from "node:http";
import { describe, it, type TestContext } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const EMAIL = "minji.kim@example.com";

async function gateway(test: TestContext, config: ConfigInput = {}, headers: OutgoingHttpHeaders = {}) {
  const upstream = await recordingUpstream(test, (response) =>
    response.writeHead(200, { "content-type": "application/json", ...headers }).end(chatCompletion("ok")),
  );
  const haechi = await startHaechi(test, upstream.url, {
    policy: { presets: [], actions: { secret: "redact", card: "block" } },
    ...config,
  });
  return { ...haechi, upstream };
}

describe("a target", () => {
  it("is seen through however often it is encoded, and keeps the rest of its bytes", async (test) => {
    const { url, upstream } = await gateway(test);
    for (const mail of ["minji.kim%40example.com", "minji.kim%2540example.com", "minji.kim%252540example.com"]) {
      await fetch(`${url}/v1/files/${mail}/content?a=%2C&q=${mail}&b=1+2`);
      const marker = "%5BREDACTED%3Aemail%5D";
      assert.equal(upstream.requests.at(-1)!.target, `/v1/files/${marker}/content?a=%2C&q=${marker}&b=1+2`, mail);
    }
  });

  it("is read by the names of its parameters", async (test) => {
    const { url, upstream } = await gateway(test);
    await fetch(`${url}/v1/models?password=hunter2hunter2&limit=hunter2hunter2`);
    const target = "/v1/models?password=%5BREDACTED%3Asecret%5D&limit=hunter2hunter2";
    assert.equal(upstream.requests[0]!.target, target);
  });
});

describe("headers of a request", () => {
  const agent = {
    "x-codex-turn-metadata": JSON.stringify({ workspace: "/home/minji", remote: `https://x/${EMAIL}` }),
    "x-claude-code-session-id": "0b4d6a1e-8f5f-4a54-9a43-5f0d8e6f8d11",
    "x-stainless-os": "Linux",
    cookie: "a=b",
  };

  it("that tell of the agent and its machine stay here", async (test) => {
    const { url, upstream } = await gateway(test);
    await fetch(`${url}/v1/models`, { headers: agent });
    for (const name of Object.keys(agent)) assert.ok(!upstream.requests[0]!.rawHeaders.includes(name), name);
  });

  it("are read in UTF-8, as their readers do", async (test) => {
    const onTheWire = (text: string) => Buffer.from(text, "utf8").toString("latin1");
    const { url, upstream } = await gateway(test, { target: { forwardHeaders: ["x-note", "x-place"] } });
    await fetch(`${url}/v1/models`, {
      headers: { "x-note": onTheWire("김민지 ｍｉｎｊｉ＠ｅｘａｍｐｌｅ．ｃｏｍ"), "x-place": onTheWire("서울") },
    });
    const { rawHeaders } = upstream.requests[0]!;
    const sent = (name: string) => Buffer.from(rawHeaders[rawHeaders.indexOf(name) + 1]!, "latin1").toString("utf8");
    assert.deepEqual([sent("x-note"), sent("x-place")], ["김민지 [REDACTED:email]", "서울"]);
  });

  it("are inspected where the operator forwards them", async (test) => {
    const target = { forwardHeaders: ["x-codex-turn-metadata"] };
    const { url, upstream } = await gateway(test, { target });
    await fetch(`${url}/v1/models`, { headers: agent });
    const { rawHeaders } = upstream.requests[0]!;
    const sent = rawHeaders[rawHeaders.indexOf("x-codex-turn-metadata") + 1]!;
    assert.ok(sent.includes("[REDACTED:email]") && !sent.includes(EMAIL), sent);
  });
});

describe("headers of an answer", () => {
  const protecting: ConfigInput = { responseProtection: { enabled: true } };

  it("are inspected like its body, but for those that say where to go next", async (test) => {
    const headers = { "x-echo": `for ${EMAIL}`, location: `/u/${EMAIL}`, "x-plain": "nothing to see" };
    const { url, auditEntries } = await gateway(test, protecting, headers);
    const reply = await fetch(`${url}/v1/models`);
    assert.equal(reply.headers.get("x-echo"), "for [REDACTED:email]");
    assert.equal(reply.headers.get("location"), headers.location);
    assert.equal(reply.headers.get("x-plain"), headers["x-plain"]);
    const paths = (await auditEntries()).flatMap((entry) => ("detections" in entry ? entry.detections : []));
    assert.deepEqual(
      paths.map(({ type, path }) => [type, path]),
      [["email", "header"]],
    );
  });

  it("are inspected where they say what the upstream is, and are left where they come back to it", async (test) => {
    const kept = { "set-cookie": `u=${EMAIL}`, etag: `"${EMAIL}"`, "x-request-id": EMAIL };
    const read = { server: `run by ${EMAIL}`, "openai-version": EMAIL, "cf-worker": EMAIL, vary: EMAIL };
    const { url } = await gateway(test, protecting, { ...kept, ...read });
    const { headers } = await fetch(`${url}/v1/models`);
    for (const [name, value] of Object.entries(kept)) assert.equal(headers.get(name), value, name);
    for (const name of Object.keys(read)) assert.match(headers.get(name) ?? "", /\[REDACTED:email\]$/, name);
  });

  it("can block it, and nothing of it is passed on", async (test) => {
    const { url } = await gateway(test, protecting, { "x-echo": "4111 1111 1111 1111" });
    const reply = await fetch(`${url}/v1/models`);
    assert.equal(reply.status, 502);
    assert.equal(JSON.parse(await reply.text()).error, "haechi_response_policy_block");
    assert.equal(reply.headers.get("x-echo"), null);
  });
});
