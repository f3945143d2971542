import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { COUNTED_BY } from "../../src/core/audit/count-entries.ts";
import { sampleProtectEvent } from "../../src/core/audit/sample-events.oracle.ts";
import { CANARIES, canariesIn } from "../support/canaries.ts";
import { recordingCollector } from "../support/recording-collector.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { recordingWitness } from "../support/recording-witness.ts";
import { runCliWords } from "../support/run-cli.ts";
import { type HaechiUnderTest, startHaechi } from "../support/start-haechi.ts";

const changeEverything: ConfigInput["policy"] = {
  presets: [],
  defaultAction: "redact",
  actions: { card: "redact", email: "tokenize", phone: "mask", iban: "encrypt" },
};

const all = Object.values(CANARIES).join(" and ");

/** Requests that carry every canary, each in another place. */
const requests: readonly { readonly where: string; readonly target?: string; readonly init: RequestInit }[] = [
  { where: "a message", init: chat({ messages: [{ role: "user", content: all }] }) },
  { where: "an object key", init: chat({ metadata: Object.fromEntries(Object.values(CANARIES).map((v) => [v, 1])) }) },
  { where: "a number", init: chat({ logit_bias: { 1: 4111111111111111 } }) },
  { where: "the model name", init: chat({ model: all }) },
  { where: "escaped text", init: { ...chat({}), body: `{"model":"m","messages":[{"content":"${escaped(all)}"}]}` } },
  { where: "a nested JSON string", init: chat({ arguments: JSON.stringify({ note: all }) }) },
  { where: "a path segment", target: `/v1/users/${encodeURIComponent(CANARIES.email)}/x`, init: chat({}) },
  { where: "the query", target: `/v1/chat/completions?q=${encodeURIComponent(all)}`, init: chat({}) },
  { where: "a query name", target: `/v1/models?${encodeURIComponent(CANARIES.iban)}=1`, init: { method: "GET" } },
  { where: "a forwarded header", init: chat({}, { "user-agent": `agent (${all})` }) },
  { where: "a header that is not forwarded", init: chat({}, { "x-note": all }) },
  { where: "the headers of a trace", init: chat({}, { traceparent: all, tracestate: `a=${all}` }) },
  { where: "broken JSON", init: { ...chat({}), body: `{"model":"m","messages":"${all}` } },
  { where: "text that is not UTF-8", init: { ...chat({}), body: Buffer.concat([Buffer.from(all), Buffer.of(0xff)]) } },
  { where: "a body over the limit", init: chat({ messages: [{ content: all + " ".repeat(300_000) }] }) },
  {
    where: "a body that nests too deeply",
    init: { ...chat({}), body: `${"[".repeat(300)}"${all}"${"]".repeat(300)}` },
  },
  { where: "a body of another type", init: chat({ messages: all }, { "content-type": "text/plain" }) },
];

for (const [name, policy] of [
  ["that changes every finding", changeEverything],
  ["of the defaults, which blocks some", {}],
] as const) {
  describe(`under a policy ${name}, nothing sensitive is written`, () => {
    it("to the audit log, the vault, logs, metrics, traces, error replies or the upstream", async (test) => {
      const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
      const collector = await recordingCollector(test);
      const telemetry = { traces: { enabled: true, endpoint: collector.endpoint } };
      const haechi = await startHaechi(test, upstream.url, { policy, limits: { maxRequestBytes: 200_000 }, telemetry });
      for (const { where, target = "/v1/chat/completions", init } of requests) {
        const reply = await fetch(haechi.url + target, init);
        assert.deepEqual(canariesIn(await reply.text()), [], `the reply to canaries in ${where}`);
        assert.deepEqual(canariesIn(JSON.stringify([...reply.headers])), [], `the headers replied to ${where}`);
      }
      for (const { everything } of upstream.requests) assert.deepEqual(canariesIn(everything), []);
      assert.deepEqual(canariesIn(haechi.logged.join("\n")), []);
      assert.deepEqual(canariesIn(await haechi.metrics()), []);
      await assertNothingInFolder(haechi);
      assert.ok((await haechi.auditEntries()).length >= requests.length, "every request is in the audit log");
      await haechi.gateway.close();
      assert.ok(collector.spans.length >= requests.length, "every request is in the traces");
      assert.deepEqual(canariesIn(collector.everything()), []);
    });
  });
}

/** No canary, nor any of `others`, stands in a file of the folder. */
async function assertNothingInFolder({ folder }: HaechiUnderTest, others: readonly string[] = []): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const content = await readFile(join(entry.parentPath, entry.name), "latin1");
    assert.deepEqual(sensitiveIn(content, others), [], `the file ${entry.name}`);
  }
}

function sensitiveIn(text: string, others: readonly string[]): string[] {
  return [...canariesIn(text), ...others.filter((other) => text.includes(other))];
}

const PASSPHRASE = "correct horse battery staple";

/** What a key file holds in clear, as it might be written somewhere. */
async function keySpellings(keyFile: string): Promise<string[]> {
  const { hmacRoot, keys } = JSON.parse(await readFile(keyFile, "utf8"));
  return [hmacRoot, ...keys.map(({ k }: { k: string }) => k)].flatMap((encoded: string) => {
    const bytes = Buffer.from(encoded, "base64url");
    return [encoded, bytes.toString("hex"), bytes.toString("base64"), bytes.toString("latin1")];
  });
}

describe("what is derived from what is written", () => {
  it("has nothing sensitive in it: backups, wrapped keys, checkpoints, proofs, witnesses, exports, reports, listings", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const witness = await recordingWitness(test);
    const policy = changeEverything;
    const haechi = await startHaechi(test, upstream.url, { policy, limits: { maxRequestBytes: 200_000 } });
    for (const { target = "/v1/chat/completions", init } of requests) {
      await (await fetch(haechi.url + target, init)).arrayBuffer();
    }
    const { folder } = haechi;
    const { audit, keys, tokenVault, auth } = haechi.runtime.config;
    const configPath = join(folder, "haechi.config.json");
    await writeFile(
      configPath,
      JSON.stringify({
        mode: "enforce",
        policy,
        target: { upstream: upstream.url },
        audit: { path: audit.path },
        keys: { keyFile: keys.keyFile },
        tokenVault: { path: tokenVault.path },
        auth: { store: auth.store },
      }),
    );
    const inClear = await keySpellings(keys.keyFile);
    const checkpoints = join(folder, "audit.checkpoints");
    const { eventId } = await haechi.runtime.audit.record(sampleProtectEvent());
    const run = async (line: string, exitCode = 0): Promise<string> => {
      const environment = { HAECHI_KEY_PASSPHRASE: PASSPHRASE };
      const done = await runCliWords([...line.split(" "), "--config", configPath], { environment });
      assert.equal(done.exitCode, exitCode, `${line}: ${done.stderr}`);
      assert.deepEqual(sensitiveIn(done.stdout + done.stderr, [...inClear, PASSPHRASE]), [], line);
      return done.stdout;
    };

    await run(`vault backup ${join(folder, "backup.sqlite")}`);
    await run("keys wrap");
    await run("keys rotate");
    await run("audit rotate");
    await run(`audit checkpoint --directory ${join(folder, "elsewhere")} --witness ${witness.url}`);
    const proof = await run(`audit prove --event ${eventId} --checkpoints ${checkpoints}`);
    await writeFile(join(folder, "proof.json"), proof);
    for (const format of ["ocsf", "cef"]) {
      assert.ok((await run(`audit export --format ${format}`)).split("\n").length > requests.length);
    }
    for (const by of COUNTED_BY) {
      await run(`report --by ${by}`);
      await run(`report --by ${by} --csv`);
    }
    for (const line of [
      "report",
      "audit tail",
      "audit search",
      "audit search --blocked",
      "audit expire --keep 0 --yes",
      "audit-verify",
      "keys list",
      "vault reseal",
      "vault check",
      "token-export",
      "token-export --type email",
      "auth list",
      "status",
      "config",
    ]) {
      await run(line);
    }
    assert.ok(witness.told.length > 1);
    assert.deepEqual(sensitiveIn(witness.told.join("\n"), [...inClear, PASSPHRASE]), []);
    // The keys are wrapped by now; before, the file of the keys is the one place where they are.
    await assertNothingInFolder(haechi, [...inClear, PASSPHRASE]);
  });
});

function chat(body: object, headers: Record<string, string> = {}): RequestInit {
  return {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ model: "m", ...body }),
  };
}

/** Every character as a `\u` escape. */
function escaped(text: string): string {
  return [...text].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
}
