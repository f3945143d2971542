import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { answering, askHttp2, serveHttp2 } from "../support/http2-client.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { type HaechiUnderTest, startHaechi } from "../support/start-haechi.ts";

const PAGE = "https://chat.example.com";

/** What a browser asks before a page may send a chat with a token. */
const PREFLIGHT = {
  method: "OPTIONS",
  headers: {
    origin: PAGE,
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization,content-type,x-stainless-os",
    "sec-fetch-site": "cross-site",
  },
};

const proxy: ConfigInput["proxy"] = { allowedOrigins: [PAGE, "http://localhost:3000"] };

describe("a page that is named", () => {
  it("may send what it asks for, without a login for the question", async (test) => {
    for (const auth of [{}, { provider: "bearer" as const }]) {
      const { haechi, upstream } = await behind(test, { proxy, auth });
      const answer = await fetch(`${haechi.url}/v1/chat/completions`, PREFLIGHT);
      assert.equal(answer.status, 204);
      const { headers } = answer;
      assert.equal(headers.get("access-control-allow-origin"), PAGE);
      assert.match(String(headers.get("access-control-allow-methods")), /\bPOST\b/);
      assert.equal(headers.get("access-control-allow-headers"), "authorization,content-type,x-stainless-os");
      assert.equal(headers.get("access-control-allow-credentials"), null);
      assert.match(String(headers.get("vary")), /origin/i);
      assert.equal(upstream.requests.length, 0);
      assert.deepEqual(await haechi.auditEntries(), []);
    }
  });

  it("may read answers, those that refuse it as well, by the word of the gateway alone", async (test) => {
    const { haechi } = await behind(test, { proxy, policy: { presets: [], defaultAction: "block" } });
    for (const [content, status] of [
      ["hello", 200],
      ["minji@example.com", 403],
    ] as const) {
      const answer = await chat(haechi, content, { origin: PAGE });
      assert.equal(answer.status, status);
      assert.equal(answer.headers.get("access-control-allow-origin"), PAGE);
      assert.equal(answer.headers.get("access-control-allow-credentials"), null);
    }
    const denied = await behind(test, { proxy, auth: { provider: "bearer" } });
    const answer = await chat(denied.haechi, "hello", { origin: PAGE });
    assert.deepEqual([answer.status, answer.headers.get("access-control-allow-origin")], [401, PAGE]);
  });
});

describe("a page that is named, over HTTP/2,", () => {
  it("may ask and read as over HTTP/1.1", async (test) => {
    const { session, haechi } = await serveHttp2(test, answering, { proxy });
    const asked = await askHttp2(session, { ...PREFLIGHT.headers, ":method": "OPTIONS" }, null);
    const read = await askHttp2(session, { origin: PAGE });
    assert.deepEqual([asked.status, read.status], [204, 200]);
    for (const { rawHeaders } of [asked, read]) {
      assert.equal(rawHeaders[rawHeaders.indexOf("access-control-allow-origin") + 1], PAGE);
    }
    assert.equal((await haechi.auditEntries()).filter(({ operation }) => operation.startsWith("request")).length, 1);
  });
});

describe("a page that is not named", () => {
  it("is told nothing, whoever has to log in", async (test) => {
    for (const config of [{}, { proxy }, { auth: { provider: "bearer" as const } }]) {
      const { haechi, upstream } = await behind(test, config);
      for (const origin of ["https://evil.example", "null", `${PAGE}.evil.example`, `${PAGE}:8443`]) {
        const headers = { ...PREFLIGHT.headers, origin };
        const answers = [
          await fetch(`${haechi.url}/v1/chat/completions`, { ...PREFLIGHT, headers }),
          await chat(haechi, "hello", { origin }),
        ];
        for (const answer of answers) {
          assert.ok(answer.status === 403 || answer.status === 401, String(answer.status));
          assert.equal(answer.headers.get("access-control-allow-origin"), null);
        }
      }
      assert.equal(upstream.requests.length, 0);
    }
  });

  it("hears nothing from the upstream, nor does a client that is no page", async (test) => {
    const { haechi } = await behind(test, { proxy });
    const answer = await chat(haechi, "hello", {});
    assert.equal(answer.status, 200);
    assert.deepEqual(
      [...answer.headers.keys()].filter((name) => name.startsWith("access-control-")),
      [],
    );
  });
});

describe("a question of a browser", () => {
  it("is a request like any other where it has a body, or asks the gateway for its own endpoints", async (test) => {
    const { haechi } = await behind(test, { proxy, auth: { provider: "bearer" } });
    const withBody = await fetch(`${haechi.url}/v1/chat/completions`, { ...PREFLIGHT, body: "{}" });
    assert.equal(withBody.status, 401);
    const endpoint = await fetch(`${haechi.url}/__haechi/health`, PREFLIGHT);
    assert.equal(endpoint.headers.get("access-control-allow-origin"), null);
  });

  it("gets no headers back that are none", async (test) => {
    const { haechi } = await behind(test, { proxy });
    for (const names of ["a b", "a;b", "a,,b", `a${"b".repeat(3000)}`]) {
      const headers = { ...PREFLIGHT.headers, "access-control-request-headers": names };
      const answer = await fetch(`${haechi.url}/v1/models`, { ...PREFLIGHT, headers });
      assert.equal(answer.headers.get("access-control-allow-headers"), null, names);
    }
  });
});

/** A gateway before an upstream that lets every page read. */
async function behind(test: Parameters<typeof startHaechi>[0], config: ConfigInput) {
  const upstream = await recordingUpstream(test, (response) => {
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-allow-credentials", "true");
    answerJson(response, chatCompletion("Noted."));
  });
  return { upstream, haechi: await startHaechi(test, upstream.url, config) };
}

async function chat({ url }: HaechiUnderTest, content: string, headers: Readonly<Record<string, string>>) {
  const answer = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ model: "m", messages: [{ role: "user", content }] }),
  });
  await answer.text();
  return answer;
}
