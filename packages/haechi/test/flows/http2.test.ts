import assert from "node:assert/strict";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import http2 from "node:http2";
import { describe, it } from "node:test";
import { fetch as fetchWith } from "undici";
import type { ConfigInput } from "../../src/config/schema.ts";
import { CANARIES } from "../support/canaries.ts";
import { createAuthority } from "../support/certificates.ts";
import {
  answering,
  askHttp2,
  CHAT,
  CHAT_BODY,
  connectHttp2,
  decisionsIn,
  dispatcherOf,
  serveHttp2,
} from "../support/http2-client.ts";
import {
  type Answer,
  answerJson,
  chatCompletion,
  chatStreamEvents,
  recordingUpstream,
} from "../support/recording-upstream.ts";
import { startHttps } from "../support/start-https.ts";

const inspecting: ConfigInput = { streaming: { requestMode: "inspect" }, responseProtection: { enabled: true } };

describe("a request of HTTP/2", () => {
  it("reaches the upstream as that of HTTP/1.1 does, byte for byte, and is answered alike", async (test) => {
    const { upstream, haechi, session } = await serveHttp2(test);
    const headers = { "user-agent": "sdk/1", "openai-beta": "a", accept: "application/json" };
    const over2 = await askHttp2(session, { ...headers, "accept-encoding": "gzip, deflate" });
    const dispatcher = dispatcherOf(test, haechi.ca, false);
    const over1 = await fetchWith(`${haechi.url}${CHAT}`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: CHAT_BODY,
      dispatcher,
    });
    assert.equal(over2.status, over1.status);
    assert.equal(over2.text, await over1.text());
    const [first, second] = upstream.requests.map(({ method, target, rawHeaders, body }) => {
      const pairs = rawHeaders.map((text, at) => (at % 2 === 0 ? `${text}: ${rawHeaders[at + 1]}` : ""));
      return { method, target, body, headers: pairs.filter((pair) => pair !== "" && !/^accept-/.test(pair)).sort() };
    });
    assert.deepEqual(first, second);
  });

  it("has its personal data replaced, and the same audit records", async (test) => {
    const policy: ConfigInput["policy"] = { presets: [], defaultAction: "redact" };
    const { upstream, haechi, session } = await serveHttp2(test, answering, { policy });
    const body = JSON.stringify({ model: "m", messages: [{ role: "user", content: `mail ${CANARIES.email}` }] });
    assert.equal((await askHttp2(session, {}, body)).status, 200);
    assert.ok(!upstream.requests[0]!.everything.includes(CANARIES.email));
    assert.match(upstream.requests[0]!.everything, /\[REDACTED:/);
    assert.ok(!(await haechi.auditText()).includes(CANARIES.email));
  });

  it("may have a body of unknown length, in many pieces", async (test) => {
    const { upstream, session } = await serveHttp2(test);
    const stream = session.request({ ":path": CHAT, ":method": "POST", "content-type": "application/json" });
    const body = JSON.stringify({ model: "m", messages: [{ role: "user", content: "word ".repeat(60_000) }] });
    for (let at = 0; at < body.length; at += 10_007) stream.write(body.slice(at, at + 10_007));
    stream.end();
    const [head] = await once(stream, "response");
    assert.equal(head[":status"], 200);
    assert.equal(upstream.requests[0]!.body.toString(), body);
    stream.resume();
    await once(stream, "close");
  });

  it("may end in trailers, which go nowhere, and may wait to be told to send its body", async (test) => {
    const { upstream, session } = await serveHttp2(test);
    const head = { ":path": CHAT, ":method": "POST", "content-type": "application/json" };
    const trailing = session.request({ ...head, te: "trailers", trailer: "x-end" }, {
      waitForTrailers: true,
    } as object);
    trailing.on("wantTrailers", () => trailing.sendTrailers({ "x-end": "said last" }));
    trailing.end(CHAT_BODY);
    assert.equal((await once(trailing.resume(), "response"))[0][":status"], 200);
    assert.ok(!upstream.requests[0]!.everything.includes("said last"));

    const waiting = session.request({ ...head, expect: "100-continue" });
    await once(waiting, "continue");
    waiting.end(CHAT_BODY);
    assert.equal((await once(waiting.resume(), "response"))[0][":status"], 200);
    assert.equal(upstream.requests[1]!.body.toString(), CHAT_BODY);
  });

  it("is refused for what a request of HTTP/1.1 is refused for, each with its status, its code and a record", async (test) => {
    const { upstream, haechi, session } = await serveHttp2(test, answering, { limits: { maxRequestBytes: 1000 } });
    const cases: readonly (readonly [
      headers: Record<string, string | string[]>,
      body: string,
      status: number,
      code: string,
    ])[] = [
      [{ ":authority": "evil.example" }, "{}", 403, "haechi_host_not_allowed"],
      [{ ":authority": "localhost", host: "other.localhost" }, "{}", 400, "haechi_invalid_header"],
      [{ ":scheme": "http" }, "{}", 400, "haechi_invalid_header"],
      [{ origin: "https://evil.example" }, "{}", 403, "haechi_origin_not_allowed"],
      [{ "sec-fetch-site": "cross-site" }, "{}", 403, "haechi_origin_not_allowed"],
      [{ "x-api-key": ["a", "b"] }, "{}", 400, "haechi_invalid_header"],
      [{ ":path": "/v1/../x" }, "{}", 400, "haechi_invalid_proxy_target"],
      [{ ":path": "//v1/x" }, "{}", 400, "haechi_invalid_proxy_target"],
      [{ ":path": "*", ":method": "OPTIONS" }, "{}", 400, "haechi_invalid_proxy_target"],
      [{ ":method": "TRACE" }, "{}", 400, "haechi_invalid_header"],
      [{ expect: "a miracle" }, "{}", 400, "haechi_invalid_header"],
      [{ x: "a".repeat(17_000) }, "{}", 431, "haechi_request_head_too_large"],
      [{ "content-type": "application/x-sh" }, "{}", 415, "haechi_request_type_unsupported"],
      [{ "content-encoding": "compress" }, "{}", 415, "haechi_request_encoding_unsupported"],
      [{}, `"${"a".repeat(1000)}"`, 413, "haechi_request_body_too_large"],
      [{}, "{", 400, "haechi_invalid_json_request"],
      [{ ":path": "/v1/realtime" }, "{}", 403, "haechi_route_refused"],
    ];
    for (const [headers, body, status, code] of cases) {
      const answer = await askHttp2(session, headers, body);
      const what = JSON.stringify(headers).slice(0, 100);
      assert.deepEqual([answer.status, JSON.parse(answer.text).error], [status, code], what);
      assert.deepEqual([answer.code, answer.whole], [0, true], what);
    }
    const tunnel = session.request({ ":method": "CONNECT", ":authority": "127.0.0.1:1" });
    assert.equal((await once(tunnel.resume(), "response"))[0][":status"], 400);
    tunnel.end();
    assert.equal(upstream.requests.length, 0);
    const decisions = decisionsIn(await haechi.auditEntries());
    assert.equal(decisions.length, cases.length + 1);
    assert.deepEqual(new Set(decisions.map(([decision]) => decision)), new Set(["request_refused"]));
    // The connection has served them all, and serves on.
    assert.equal((await askHttp2(session)).status, 200);
  });

  it("is answered while its body still comes, and asked to send no more of it", async (test) => {
    const { session } = await serveHttp2(test, answering, { limits: { maxRequestBytes: 1000 } });
    const stream = session.request({ ":path": CHAT, ":method": "POST", "content-type": "application/json" });
    stream.on("error", () => {});
    const piece = Buffer.alloc(65_536, "a");
    let sent = 0;
    const send = () => {
      while (!stream.destroyed && stream.writable) {
        sent += piece.length;
        if (!stream.write(piece)) return void stream.once("drain", send);
      }
    };
    send();
    const [head] = await once(stream, "response");
    assert.equal(head[":status"], 413);
    assert.match(String(await stream.setEncoding("utf8").toArray()), /haechi_request_body_too_large/);
    if (!stream.closed) await once(stream, "close");
    assert.equal(stream.rstCode, 0);
    assert.ok(sent < 8_000_000, `${sent}`);
    assert.equal((await askHttp2(session)).status, 200);
  });

  it("counts for the limits, by the address of its client", async (test) => {
    const { session } = await serveHttp2(test, answering, { policy: { rate: { requestsPerMinute: 2 } } });
    const answers = [];
    for (let n = 0; n < 3; n++) answers.push(await askHttp2(session));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 429],
    );
    const [, remaining] = /"rate";r=(\d+)/.exec(answers[1]!.rawHeaders.join(" ")) ?? [];
    assert.equal(remaining, "0");
  });

  it("shows the certificate of its client", async (test) => {
    const clients = createAuthority("clients");
    const upstream = await recordingUpstream(test, answering);
    const haechi = await startHttps(test, upstream.url, {}, {}, clients);
    assert.equal((await askHttp2(connectHttp2(test, haechi, clients.issue()))).status, 200);
    for (const identity of [{}, createAuthority("strangers").issue()]) {
      const refused = await askHttp2(connectHttp2(test, haechi, identity));
      assert.equal(refused.status, 403);
      assert.match(refused.text, /haechi_client_certificate_required/);
    }
    const probe = await askHttp2(connectHttp2(test, haechi), { ":path": "/__haechi/live" }, null);
    assert.equal(probe.status, 200);
  });
});

describe("an answer in HTTP/2", () => {
  it("comes piece by piece as the upstream sends it, and ends as it ends", async (test) => {
    const held = Promise.withResolvers<ServerResponse>();
    const { session } = await serveHttp2(test, (response) => held.resolve(response), inspecting);
    const events = chatStreamEvents(["one ", "two ", "three"]).split(/(?<=\n\n)/);
    const body = '{"model":"m","stream":true,"messages":[]}';
    const stream = session.request({ ":path": CHAT, ":method": "POST", "content-type": "application/json" });
    stream.setEncoding("utf8").end(body);
    const upstream = await held.promise;
    upstream.writeHead(200, { "content-type": "text/event-stream" });
    let text = "";
    for (const event of events.slice(0, 3)) {
      upstream.write(event);
      // Nothing more is sent before this has come.
      while (!text.includes(event.slice(0, 20))) text += (await once(stream, "data"))[0];
    }
    upstream.end(events.slice(3).join(""));
    text += (await stream.toArray()).join("");
    assert.equal(text, events.join(""));
  });

  it("has every field of the upstream's but those of its connection, repeated ones too", async (test) => {
    const headers = [
      "Set-Cookie",
      "a=1",
      "Set-Cookie",
      "b=2",
      "X-One",
      "1",
      "Connection",
      "X-Gone",
      "X-Gone",
      "1",
      "X-Latin",
      "caf\u00e9",
    ];
    const { session } = await serveHttp2(test, (response) => {
      response.writeHead(200, [...headers, "Content-Type", "application/json", "Content-Type", "application/json"]);
      response.end(chatCompletion("yes"));
    });
    const answer = await askHttp2(session);
    assert.equal(answer.status, 200);
    const text = answer.rawHeaders.join("\n");
    assert.match(text, /a=1[\s\S]*b=2/);
    assert.match(text, /x-one\n1/);
    assert.match(text, /x-latin\ncaf\u00e9/);
    assert.doesNotMatch(text, /x-gone|connection|transfer-encoding|keep-alive/i);
  });

  it("may have no body", async (test) => {
    const { session } = await serveHttp2(test, (response, { method }) => {
      if (method === "HEAD")
        response.writeHead(200, { "content-length": "12", "content-type": "application/json" }).end();
      else response.writeHead(204).end();
    });
    const none = await askHttp2(session, { ":method": "DELETE", ":path": "/v1/files/file-1" }, null);
    assert.deepEqual([none.status, none.text, none.code], [204, "", 0]);
    const head = await askHttp2(session, { ":method": "HEAD", ":path": "/v1/models" }, null);
    assert.deepEqual([head.status, head.text, head.code], [200, "", 0]);
    assert.match(head.rawHeaders.join("\n"), /content-length\n12/);
  });

  it("comes whole when it is large, to many streams at once", async (test) => {
    const large = JSON.stringify({ id: "x", text: "word ".repeat(160_000) });
    const { haechi, session } = await serveHttp2(test, (response) => answerJson(response, large));
    const answers = await Promise.all(Array.from({ length: 10 }, () => askHttp2(session)));
    for (const { status, text, whole } of answers) assert.ok(status === 200 && whole && text === large);
    assert.ok((await haechi.auditEntries()).every((entry) => !("decision" in entry)));
  });

  it("waits for a client that does not read, and holds little of it meanwhile", async (test) => {
    let taken = 0;
    const total = 24 * 1_048_576;
    const { session } = await serveHttp2(
      test,
      (response) => {
        response.writeHead(200, { "content-type": "text/event-stream" });
        const send = () => {
          while (taken < total) {
            taken += 65_536;
            if (!response.write(`: ${"x".repeat(65_532)}\n\n`)) return void response.once("drain", send);
          }
          response.end(chatStreamEvents(["end"]));
        };
        send();
      },
      inspecting,
    );
    const stream = session.request({ ":path": CHAT, ":method": "POST", "content-type": "application/json" });
    stream.end('{"model":"m","stream":true,"messages":[]}');
    await once(stream, "response");
    // Other streams of the connection are not kept waiting.
    for (let n = 0; n < 20; n++)
      assert.equal((await askHttp2(session, { ":path": "/__haechi/live" }, null)).status, 200);
    assert.ok(taken < total / 2, `${taken}`);
    let bytes = 0;
    for await (const chunk of stream) bytes += chunk.length;
    assert.ok(bytes > total);
  });

  it("is broken off with an error where its upstream fails and nothing else can be said", async (test) => {
    const passing: ConfigInput = { streaming: { requestMode: "pass-through" } };
    const cut: Answer = (response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(chatStreamEvents(["one"]).slice(0, 100), () => response.destroy());
    };
    const body = '{"model":"m","stream":true,"messages":[]}';
    const passed = await askHttp2((await serveHttp2(test, cut, passing)).session, {}, body);
    assert.deepEqual([passed.status, passed.code], [200, http2.constants.NGHTTP2_INTERNAL_ERROR]);
    // Where streams are inspected the stream itself says it, as in HTTP/1.1.
    const inspected = await askHttp2((await serveHttp2(test, cut, inspecting)).session, {}, body);
    assert.match(inspected.text, /haechi_upstream_unreachable/);
  });

  it("is no longer worked on when the client takes its stream back, and the others go on", async (test) => {
    const begun = Promise.withResolvers<ServerResponse>();
    const { haechi, session } = await serveHttp2(test, (response, { everything }) => {
      if (everything.includes("slow")) begun.resolve(response);
      else answerJson(response, chatCompletion("yes"));
    });
    const stream = session.request({ ":path": CHAT, ":method": "POST", "content-type": "application/json" });
    stream.on("error", () => {});
    stream.end('{"model":"slow","messages":[]}');
    const upstream = await begun.promise;
    const cancelled = once(upstream, "close");
    stream.close(http2.constants.NGHTTP2_CANCEL);
    await cancelled;
    assert.equal((await askHttp2(session)).status, 200);
    let decisions = decisionsIn(await haechi.auditEntries());
    while (decisions.length === 0) decisions = decisionsIn(await haechi.auditEntries());
    assert.deepEqual(decisions, [["request_refused", "client_left"]]);
  });
});
