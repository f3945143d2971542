import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parseConfig } from "../../src/config/parse.ts";
import { HaechiError } from "../../src/core/errors.ts";
import type { AuditSink } from "../../src/ports/audit-sink.ts";
import type { TokenStore } from "../../src/ports/token-store.ts";
import type { Upstream } from "../../src/ports/upstream.ts";
import { createRuntime } from "../../src/runtime/create-runtime.ts";
import { CANARIES } from "../support/canaries.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";
import { tempFolder } from "../support/temp-folder.ts";

const request: RequestInit = {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ model: "m", messages: [{ role: "user", content: `mail ${CANARIES.email}` }] }),
};

describe("a gateway", () => {
  it("that cannot record forwards nothing and is not ready", async (test) => {
    const audit: AuditSink = {
      record: () => Promise.reject(new HaechiError("AUDIT_UNWRITABLE", "disk full")),
      ready: async () => ({ ok: false, reason: "audit_disk_full" }),
      close: async () => {},
    };
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const { url } = await startHaechi(test, upstream.url, {}, { audit });
    const reply = await fetch(`${url}/v1/chat/completions`, request);
    assert.equal(reply.status, 503);
    assert.ok(reply.headers.has("retry-after"));
    assert.equal(upstream.requests.length, 0);
    const ready = await fetch(`${url}/__haechi/ready`);
    assert.equal(ready.status, 503);
    assert.match(await ready.text(), /"auditWritable": false/);
    assert.equal((await fetch(`${url}/__haechi/live`)).status, 200);
  });

  it("whose vault fails forwards nothing, and says nothing of the value", async (test) => {
    let fails = false;
    const broken = () => Promise.reject(new HaechiError("TOKEN_STORE_UNAVAILABLE", "no vault"));
    const read: TokenStore["read"] = async (work) =>
      fails ? broken() : work({ get: () => undefined, entries: () => [] });
    const tokenStore: TokenStore = { mutate: broken, read, close: async () => {} };
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const config = { policy: { presets: [], actions: { email: "tokenize" as const } } };
    const haechi = await startHaechi(test, upstream.url, config, { tokenStore });
    fails = true;
    const ready = await fetch(`${haechi.url}/__haechi/ready`);
    assert.equal(ready.status, 503);
    assert.match(await ready.text(), /"vaultUsable": false/);
    const reply = await fetch(`${haechi.url}/v1/chat/completions`, request);
    assert.equal(reply.status, 503);
    assert.ok(!(await reply.text()).includes(CANARIES.email));
    assert.equal(upstream.requests.length, 0);
    const last = (await haechi.auditEntries()).at(-1)!;
    assert.ok("decision" in last && last.decision === "internal_error");
  });

  it("goes on after an error that nobody foresaw, and tells nothing of it", async (test) => {
    let fails = true;
    const body = Buffer.from(chatCompletion("ok"));
    const upstream: Upstream = {
      async send() {
        if (fails) throw new Error(`a bug that quotes ${CANARIES.secret}`);
        const read = { collect: async () => body, eachChunk: async () => {}, cancel: () => {} };
        return { status: 200, headers: ["content-type", "application/json"], body: read };
      },
      close: async () => {},
    };
    const haechi = await startHaechi(test, "http://127.0.0.1:9", {}, { upstream });
    const reply = await fetch(`${haechi.url}/v1/chat/completions`, request);
    assert.equal(reply.status, 500);
    const everything = `${await reply.text()}${haechi.logged.join("\n")}${await haechi.auditText()}`;
    assert.ok(!everything.includes(CANARIES.secret));
    fails = false;
    assert.equal((await fetch(`${haechi.url}/v1/chat/completions`, request)).status, 200);
  });

  it("does not start on a vault file of another format, and leaves the file alone", async (test) => {
    const path = join(await tempFolder(test), "token-vault.json");
    const before = '{"version":1,"tokens":{}}';
    await writeFile(path, before);
    const starts = startHaechi(test, "http://127.0.0.1:9", { tokenVault: { path } });
    await assert.rejects(starts, { code: "TOKEN_STORE_UNAVAILABLE", message: /JSON vault/ });
    assert.equal(await readFile(path, "utf8"), before);
  });

  it("without a usable key file does not start", async (test) => {
    const keyFile = join(await tempFolder(test), "keys.json");
    await writeFile(keyFile, '{"version":1,"keys":[]}');
    assert.throws(() => createRuntime(parseConfig({ keys: { keyFile } })), { code: "KEY_FILE_INVALID" });
  });
});
