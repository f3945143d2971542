import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, it, type TestContext } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

async function gateway(test: TestContext, target: ConfigInput["target"] = {}) {
  const upstream = await recordingUpstream(test, (response, { method }) => {
    if (method === "HEAD") response.writeHead(200, { "content-type": "text/html", "content-length": "512" }).end();
    else response.writeHead(200, { "content-type": "application/json" }).end('{"ok":true}');
  });
  const haechi = await startHaechi(test, upstream.url, { target, responseProtection: { enabled: true } });
  return { ...haechi, upstream };
}

async function lastDecision(haechi: Awaited<ReturnType<typeof gateway>>): Promise<unknown[]> {
  const last = (await haechi.auditEntries()).at(-1)!;
  return "decision" in last ? [last.decision, last.reason, last.blocked] : [];
}

describe("a route", () => {
  it("that administers the server is refused in every spelling, and the refusal is recorded", async (test) => {
    const haechi = await gateway(test, { type: "ollama" });
    for (const path of ["/api/pull", "/api/pull/", "/API/PULL", "/api/%70ull"]) {
      const reply = await fetch(haechi.url + path, { method: "POST", body: "{}" });
      assert.equal(reply.status, 403, path);
      assert.equal(JSON.parse(await reply.text()).error, "haechi_route_refused");
      assert.deepEqual(await lastDecision(haechi), ["request_refused", "route_administrative", true]);
    }
    assert.equal(haechi.upstream.requests.length, 0);
  });

  it("that nobody knows is served, or refused where the configuration says so", async (test) => {
    const serving = await gateway(test);
    assert.equal((await fetch(`${serving.url}/v9/anything`)).status, 200);
    const blocking = await gateway(test, { unknown: "block" });
    const reply = await fetch(`${blocking.url}/v9/anything`);
    assert.deepEqual([reply.status, JSON.parse(await reply.text()).error], [404, "haechi_route_unknown"]);
    assert.deepEqual(await lastDecision(blocking), ["request_refused", "route_unknown", true]);
    assert.equal((await fetch(`${blocking.url}/v1/models`)).status, 200);
    assert.equal(blocking.upstream.requests.length, 1);
  });

  it("that is probed without a body is answered as the upstream does", async (test) => {
    const { url, upstream } = await gateway(test);
    const reply = await fetch(url, { method: "HEAD" });
    assert.deepEqual([reply.status, reply.headers.get("content-length")], [200, "512"]);
    assert.equal(upstream.requests[0]!.method, "HEAD");
    assert.equal(upstream.requests[0]!.body.length, 0);
  });
});

describe("an upgrade", () => {
  const upgrade = (port: number, protocol: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(port, "127.0.0.1", () =>
        socket.write(
          `GET /v1/responses HTTP/1.1\r\nhost: localhost\r\nconnection: Upgrade\r\nupgrade: ${protocol}\r\nsec-websocket-version: 13\r\n` +
            "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        ),
      );
      socket.once("data", (data) => {
        resolve(String(data));
        socket.destroy();
      });
      socket.on("error", reject);
    });

  it("to a WebSocket is refused with 426 and a record, so that agents go on with plain requests", async (test) => {
    const haechi = await gateway(test);
    assert.match(
      await upgrade(haechi.gateway.port, "websocket"),
      /^HTTP\/1\.1 426 [\s\S]*"haechi_upgrade_unsupported"/,
    );
    assert.deepEqual(await lastDecision(haechi), ["request_refused", "upgrade_unsupported", true]);
    assert.equal(haechi.upstream.requests.length, 0);
  });

  it("that is only offered is left aside", async (test) => {
    const haechi = await gateway(test);
    assert.match(await upgrade(haechi.gateway.port, "h2c"), /^HTTP\/1\.1 200 /);
  });
});
