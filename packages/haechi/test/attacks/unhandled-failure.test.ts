import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { setImmediate } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import type { AuditEntry } from "../../src/core/audit/event.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { runCliWords, startCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

const SECRET = "what must not be told";
/** What breaks in the process at SIGUSR2, where no code of ours could catch it. */
const FAULTS: Readonly<Record<string, string>> = {
  "a rejection that nobody handles": `void Promise.reject(new RangeError(${JSON.stringify(SECRET)}))`,
  "an exception in a timer": `setTimeout(() => { throw new RangeError(${JSON.stringify(SECRET)}) })`,
  "an exception that is no error": `process.nextTick(() => { throw ${JSON.stringify(SECRET)} })`,
  "one failure after the other": `for (let n = 0; n < 5; n++) void Promise.reject(${JSON.stringify(SECRET)})`,
};

describe("a failure that nobody handles", { concurrency: 2 }, () => {
  for (const [name, fault] of Object.entries(FAULTS)) {
    it(`(${name}) is recorded, what can finish finishes, the rest is answered 500, and the process exits 5`, async (test) => {
      const { upstream, url, child, broken, ended, audit } = await breakableGateway(test, fault);
      const finishing = ask(url, "finishes");
      const hanging = ask(url, "hangs");
      await upstream.bothAsked;
      child.kill("SIGUSR2");
      await broken;
      // From now on nobody new is let in.
      while (await isReachable(url)) await setImmediate();
      upstream.finish();
      const [finished, hung] = await Promise.all([finishing, hanging]);
      assert.deepEqual([finished.status, finished.text], [200, chatCompletion("done")]);
      assert.deepEqual([hung.status, JSON.parse(hung.text).error], [500, "haechi_proxy_error"]);

      const { exitCode, signal, stdout, stderr } = await ended;
      assert.deepEqual([exitCode, signal], [5, null]);
      const entries = await audit.entries();
      const decisions = entries.flatMap((entry) => ("decision" in entry ? [[entry.decision, entry.reason]] : []));
      assert.deepEqual(decisions, [
        ["internal_error", "unhandled_failure"],
        ["internal_error", "abandoned"],
      ]);
      assert.equal(entries.length - decisions.length, 2);
      assert.ok(!`${stdout}${stderr}${JSON.stringify(entries)}`.includes(SECRET));
      assert.equal((await runCliWords(["audit-verify", "--audit", audit.path])).exitCode, 0);
    });
  }

  it("lets a stream that has begun come to its end", async (test) => {
    const { upstream, url, child, broken, ended } = await breakableGateway(test, FAULTS["an exception in a timer"]!);
    const reply = await fetch(`${url}/v1/chat/completions`, chat("streams", { stream: true }));
    const reader = reply.body!.getReader();
    const first = await reader.read();
    child.kill("SIGUSR2");
    await broken;
    upstream.finish();
    let text = Buffer.from(first.value!).toString();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read())
      text += Buffer.from(piece.value).toString();
    assert.equal(text, "data: {}\n\ndata: ended\n\n");
    assert.equal((await ended).exitCode, 5);
  });
});

/** The program, in which a signal breaks something, before an upstream that answers by what it is asked. */
async function breakableGateway(test: TestContext, fault: string) {
  const asked = { count: 0, both: Promise.withResolvers<void>() };
  const mayFinish = Promise.withResolvers<void>();
  const upstream = await recordingUpstream(test, (response, { everything }) => {
    asked.count += 1;
    if (asked.count === 2) asked.both.resolve();
    if (everything.includes("streams")) {
      response.writeHead(200, { "content-type": "text/event-stream" }).write("data: {}\n\n");
      void mayFinish.promise.then(() => response.end("data: ended\n\n"));
    } else if (everything.includes("finishes")) {
      void mayFinish.promise.then(() => answerJson(response, chatCompletion("done")));
    }
  });
  const folder = await tempFolder(test);
  const hook = join(folder, "break.mjs");
  await writeFile(hook, `process.on("SIGUSR2", () => { ${fault}; });`);
  const path = join(folder, "audit.jsonl");
  const config = {
    mode: "enforce",
    target: { upstream: upstream.url },
    audit: { path },
    limits: { shutdownGraceMs: 2000 },
    streaming: { requestMode: "inspect" },
  };
  await writeFile(join(folder, "haechi.config.json"), JSON.stringify(config));
  const environment = { HAECHI_LOG_FORMAT: "json", NODE_OPTIONS: `--import=${pathToFileURL(hook).href}` };
  const cli = startCli(test, folder, ["proxy", "--port", "0"], environment);
  const [line] = await cli.outputMatching(/^.*"proxy_listening".*$/m);
  const entries = async () =>
    (await readFile(path, "utf8"))
      .trimEnd()
      .split("\n")
      .map((entry): AuditEntry => JSON.parse(entry));
  return {
    ...cli,
    url: `http://127.0.0.1:${JSON.parse(line).port}`,
    /** Resolves when the process says that something broke. */
    broken: new Promise<void>((resolve) => {
      cli.child.stderr!.on("data", (text) => {
        if (String(text).includes("proxy_internal_error")) resolve();
      });
    }),
    upstream: { bothAsked: asked.both.promise, finish: mayFinish.resolve },
    audit: { path, entries },
  };
}

function isReachable(url: string): Promise<boolean> {
  return fetch(`${url}/__haechi/live`).then(
    () => true,
    () => false,
  );
}

function chat(content: string, more: object = {}): RequestInit {
  const body = JSON.stringify({ model: "m", messages: [{ role: "user", content }], ...more });
  return { method: "POST", headers: { "content-type": "application/json" }, body };
}

async function ask(url: string, content: string) {
  const reply = await fetch(`${url}/v1/chat/completions`, chat(content));
  return { status: reply.status, text: await reply.text() };
}
