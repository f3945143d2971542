import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, it, type TestContext } from "node:test";
import type { Worker } from "node:worker_threads";
import { CANARIES, canariesIn } from "../support/canaries.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const FILLER = "The quiet garden followed the ordinary report. ".repeat(8_000);
const chat = (content: string) => JSON.stringify({ model: "m", messages: [{ role: "user", content }] });
const aroundFiller = (value: string) => `${FILLER}${value} ${FILLER}`;

const send = (url: string, body: string) =>
  fetch(`${url}/v1/chat/completions`, { method: "POST", headers: { "content-type": "application/json" }, body });

/** The threads that are started while a test runs. */
function startedThreads(test: TestContext): readonly Worker[] {
  const threads: Worker[] = [];
  const note = (thread: Worker) => threads.push(thread);
  process.on("worker", note);
  test.after(() => process.off("worker", note));
  return threads;
}

describe("a large body", () => {
  it("is protected on a thread of its own, and stays as it is around what was replaced", async (test) => {
    const threads = startedThreads(test);
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const { url, auditEntries } = await startHaechi(test, upstream.url);
    assert.equal((await send(url, chat(`mail ${CANARIES.email}`))).status, 200);
    assert.equal(threads.length, 0, "a small body needs none");
    assert.equal((await send(url, chat(aroundFiller(CANARIES.email)))).status, 200);
    assert.equal(threads.length, 1);
    assert.equal(upstream.requests.at(-1)!.body.toString(), chat(aroundFiller("[REDACTED:email]")));
    assert.deepEqual(
      (await auditEntries()).map(({ summary }) => summary.byType),
      [{ email: 1 }, { email: 1 }],
    );
  });

  it("is read on another thread as what it is: lines, fields of forms, media and tool arguments", async (test) => {
    const threads = startedThreads(test);
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const { url } = await startHaechi(test, upstream.url, {
      policy: { presets: [], actions: { secret: "redact" } },
    });
    const post = async (body: string, type: string, path = "/v1/chat/completions") => {
      assert.equal((await fetch(url + path, { method: "POST", headers: { "content-type": type }, body })).status, 200);
      return upstream.requests.at(-1)!.body.toString();
    };
    const picture = Buffer.concat([Buffer.from("89504e470d0a1a0a01", "hex"), Buffer.alloc(300_000, 0xa7)]);
    const image = `data:image/png;base64,${picture.toString("base64")}`;
    const message = (password: string) => ({
      messages: [
        { role: "user", content: [{ type: "image_url", image_url: { url: image } }] },
        {
          role: "assistant",
          tool_calls: [
            { id: "call_1", type: "function", function: { name: "f", arguments: JSON.stringify({ password }) } },
          ],
        },
      ],
    });
    const json = (password: string) => JSON.stringify(message(password));
    assert.equal(await post(json("hunter2hunter2"), "application/json"), json("[REDACTED:secret]"));
    const lines = (password: string) => `{"a":"${FILLER}"}\n${JSON.stringify({ password })}\n`;
    const sent = await post(lines("hunter2hunter2"), "application/jsonl", "/v1/anything");
    assert.equal(sent, lines("[REDACTED:secret]"));
    const form = (mail: string) => `note=${FILLER.replaceAll(" ", "+")}${mail}`;
    const type = "application/x-www-form-urlencoded";
    assert.match(await post(form(CANARIES.email), type, "/v1/anything"), /^note=.*%5BREDACTED%3Aemail%5D$/);
    assert.ok(threads.length > 0);
  });

  it("is blocked like a small one", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const { url } = await startHaechi(test, upstream.url);
    assert.equal((await send(url, chat(aroundFiller(CANARIES.secret)))).status, 403);
    assert.equal(upstream.requests.length, 0);
  });

  it("is protected in an answer", async (test) => {
    const upstream = await recordingUpstream(test, (response) =>
      answerJson(response, chatCompletion(aroundFiller(CANARIES.email))),
    );
    const { url } = await startHaechi(test, upstream.url, { responseProtection: { enabled: true } });
    const reply = await send(url, chat("hello"));
    assert.equal(await reply.text(), chatCompletion(aroundFiller("[REDACTED:email]")));
  });

  it("beside others is protected like alone", async (test) => {
    const threads = startedThreads(test);
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const { url } = await startHaechi(test, upstream.url);
    const bodies = Array.from({ length: 9 }, (_, at) => `${at} ${CANARIES.email}`);
    await Promise.all(bodies.map((content) => send(url, chat(aroundFiller(content)))));
    const arrived = upstream.requests.map(({ body }) => body.toString()).sort();
    assert.deepEqual(
      arrived,
      bodies.map((_, at) => chat(aroundFiller(`${at} [REDACTED:email]`))),
    );
    assert.ok(threads.length <= 2);
  });
});

describe("a gateway whose thread ends in the middle of a body", () => {
  it("refuses that body, says so in the log, sends nothing, and serves the next", async (test) => {
    const threads = startedThreads(test);
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const haechi = await startHaechi(test, upstream.url);
    process.once("worker", (thread: Worker) => thread.once("online", () => void thread.terminate()));
    const reply = await send(haechi.url, chat(aroundFiller(CANARIES.email)));
    assert.equal(reply.status, 503);
    assert.ok(reply.headers.has("retry-after"));
    const said = await reply.text();
    assert.equal(JSON.parse(said).error, "haechi_unavailable");
    assert.equal(upstream.requests.length, 0);
    const last = (await haechi.auditEntries()).at(-1)!;
    assert.ok("decision" in last);
    assert.deepEqual([last.decision, last.reason], ["request_refused", "scan_worker_failed"]);
    assert.deepEqual(canariesIn(said + haechi.logged.join("\n") + (await haechi.auditText())), []);

    assert.equal((await send(haechi.url, chat(aroundFiller(CANARIES.email)))).status, 200);
    assert.equal(upstream.requests[0]!.body.toString(), chat(aroundFiller("[REDACTED:email]")));
    assert.equal(threads.length, 2);
  });
});

describe("a runtime that is closed", () => {
  it("ends its threads", async (test) => {
    const threads = startedThreads(test);
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const { url, gateway, runtime } = await startHaechi(test, upstream.url);
    await Promise.all([1, 2, 3].map(() => send(url, chat(FILLER))));
    const ended = threads.map((thread) => once(thread, "exit"));
    assert.ok(ended.length > 0);
    await gateway.close();
    await runtime.close();
    await Promise.all(ended);
  });
});
