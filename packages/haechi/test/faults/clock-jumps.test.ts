import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { ConfigInput } from "../../src/config/schema.ts";
import { retireKey, rotateKeys } from "../../src/providers/crypto/key-custody.ts";
import { readKeyRing } from "../../src/providers/crypto/key-file.ts";
import { verifyAuditFile } from "../../src/providers/storage/audit-reader.ts";
import { listClosedSegments } from "../../src/providers/storage/audit-segments.ts";
import { numberedRequest, numberOf, unrecorded } from "../support/numbered-requests.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { runCliWords } from "../support/run-cli.ts";
import { startHaechi } from "../support/start-haechi.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOON = Date.parse("2030-06-15T12:00:00Z");

describe("a clock that jumps", () => {
  it("by an hour or a day, to and fro, breaks neither the log nor a token", async (test) => {
    const { ask, setClock, haechi, upstream, path } = await onClock(test, {});
    for (const jump of [0, HOUR, -HOUR, DAY, -DAY, 2 * DAY, 0]) {
      setClock(NOON + jump);
      await ask();
      await ask();
    }
    const verdict = await verifyAuditFile(path);
    assert.ok(verdict.valid, JSON.stringify(verdict));
    assert.deepEqual(unrecorded(upstream.requests, await haechi.auditEntries()), []);
    const ids = upstream.requests.map(({ body }) => /tok_email_[0-9a-f]+/.exec(body.toString("utf8"))![0]);
    const values = new Map(await haechi.runtime.vault.detokenize(ids));
    for (const [index, request] of upstream.requests.entries()) {
      assert.equal(values.get(ids[index]!), `user-${numberOf(request)}@example.org`);
    }
    // Entries are in the order in which they were written, and readers find them by their time all the same.
    const since = new Date(NOON + DAY).toISOString();
    const found = await runCliWords(["audit", "search", "--audit", path, "--since", since]);
    assert.equal(found.stdout.trimEnd().split("\n").length, 4);
  });

  it("over midnight begins a segment each time that it goes forward, and none when it goes back", async (test) => {
    const { ask, setClock, path } = await onClock(test, { audit: { segments: { daily: true } } });
    await ask();
    setClock(NOON + DAY);
    await ask();
    for (let time = 0; time < 5; time++) {
      setClock(NOON);
      await ask();
      setClock(NOON + DAY);
      await ask();
    }
    setClock(NOON + 2 * DAY);
    await ask();
    const verdict = await verifyAuditFile(path);
    assert.ok(verdict.valid, JSON.stringify(verdict));
    assert.equal(listClosedSegments(path).length, 7);
  });

  it("past the term of a token refuses it, and back again gives it back while it was not purged", async (test) => {
    const { ask, setClock, upstream, haechi } = await onClock(test, { tokenVault: { retentionDays: 1 } });
    await ask();
    const [id] = /tok_email_[0-9a-f]+/.exec(upstream.requests[0]!.body.toString("utf8"))!;
    const isOpen = async () => (await haechi.runtime.vault.detokenize([id])).size === 1;
    assert.equal(await isOpen(), true);
    setClock(NOON + DAY);
    assert.equal(await isOpen(), false);
    setClock(NOON + DAY - 1);
    assert.equal(await isOpen(), true);
    setClock(NOON - DAY);
    assert.equal(await isOpen(), true);
  });

  it("makes a key active whose date is before those of older keys, and loses none", async (test) => {
    const { ask, setClock, upstream, haechi, keyFile } = await onClock(test, {});
    await ask();
    const kids: string[] = [];
    for (const jump of [DAY, -DAY, HOUR, -HOUR]) {
      setClock(NOON + jump);
      kids.push(await rotateKeys(keyFile, haechi.runtime));
      await ask();
      assert.equal(readKeyRing(keyFile).activeKid, kids.at(-1));
    }
    const ids = upstream.requests.map(({ body }) => /tok_email_[0-9a-f]+/.exec(body.toString("utf8"))![0]);
    assert.equal((await haechi.runtime.vault.detokenize(ids)).size, ids.length);

    const opensUntil = NOON + 3 * HOUR;
    await retireKey(keyFile, kids[1]!, { ...haechi.runtime, opensUntil });
    setClock(opensUntil + 1);
    assert.equal((await haechi.runtime.vault.detokenize(ids)).size, ids.length - 1);
    setClock(opensUntil - DAY);
    assert.equal((await haechi.runtime.vault.detokenize(ids)).size, ids.length);
  });
});

/** A gateway on a clock that can be set, and requests to it that have to be answered. */
async function onClock(test: TestContext, config: ConfigInput) {
  let now = NOON;
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
  const policy: ConfigInput["policy"] = { presets: [], actions: { email: "tokenize" } };
  const haechi = await startHaechi(test, upstream.url, { ...config, policy }, { clock: { now: () => now } });
  let number = 0;
  return {
    haechi,
    upstream,
    path: haechi.runtime.config.audit.path,
    keyFile: haechi.runtime.config.keys.keyFile,
    setClock: (time: number) => {
      now = time;
    },
    async ask() {
      number += 1;
      const reply = await fetch(`${haechi.url}/v1/chat/completions`, numberedRequest(number));
      await reply.arrayBuffer();
      assert.equal(reply.status, 200);
    },
  };
}
