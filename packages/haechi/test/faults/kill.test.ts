import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { parseConfig } from "../../src/config/parse.ts";
import type { ConfigInput } from "../../src/config/schema.ts";
import type { AuditEntry } from "../../src/core/audit/event.ts";
import { verifyAuditFile } from "../../src/providers/storage/audit-reader.ts";
import { createRuntime } from "../../src/runtime/create-runtime.ts";
import { startHaechiProcess } from "../support/haechi-process.ts";
import { addressOf, numberedRequest, numberOf, unrecorded } from "../support/numbered-requests.ts";
import { answerJson, chatCompletion, type RecordedRequest, recordingUpstream } from "../support/recording-upstream.ts";
import { tempFolder } from "../support/temp-folder.ts";

const KILLS = Number(process.env.HAECHI_KILLS ?? 5);
const SEED = Number(process.env.HAECHI_SEED ?? Date.now() % 2 ** 31);
const CLIENTS = 16;

it("a killed gateway has forwarded nothing without its record, has lost no token, and starts again by itself", async (test) => {
  test.diagnostic(`HAECHI_SEED=${SEED}`);
  const random = randomIntegers(SEED);
  const folder = await tempFolder(test);
  const auditPath = join(folder, "audit.jsonl");
  let onForwarded = () => {};
  const upstream = await recordingUpstream(test, (response) => {
    onForwarded();
    answerJson(response, chatCompletion("ok"));
  });
  const config: ConfigInput = {
    mode: "enforce",
    target: { upstream: upstream.url },
    policy: { presets: [], actions: { email: "tokenize" } },
    keys: { keyFile: join(folder, "keys.json") },
    audit: { path: auditPath },
    tokenVault: { path: join(folder, "vault.sqlite") },
  };
  const entries: AuditEntry[] = [];
  let number = 0;
  let readBytes = 0;
  let checked = 0;

  for (let kill = 0; kill <= KILLS; kill++) {
    const gateway = await startHaechiProcess(test, folder, config);
    assert.equal((await fetch(`${gateway.url}/__haechi/ready`)).status, 200);
    assert.equal((await ask(gateway.url)).status, 200);

    // What the last process did before it was killed; the new one has nothing to do while it is looked at.
    const forwarded = upstream.requests.slice(checked);
    checked += forwarded.length;
    const log = await readFile(auditPath);
    entries.push(...entriesIn(log.subarray(readBytes)));
    readBytes = log.length;
    assert.deepEqual(unrecorded(forwarded, entries), []);
    assert.equal(new Set(upstream.requests.map(numberOf)).size, upstream.requests.length);
    const verdict = await verifyAuditFile(auditPath);
    assert.ok(verdict.valid, JSON.stringify(verdict));
    await assertTokensOpen(forwarded, config);

    if (kill === KILLS) break;
    const moment = killMoment(random(1, 120), random(0, 40));
    const clients = Array.from({ length: CLIENTS }, () => askUntilItDies(gateway.url));
    await moment;
    await gateway.kill();
    const others = (await Promise.all(clients)).flat().filter((status) => status !== 200);
    assert.deepEqual(others, []);
  }
  assert.deepEqual(unrecorded(upstream.requests, entries), []);

  function ask(url: string): Promise<Response> {
    number += 1;
    return fetch(`${url}/v1/chat/completions`, numberedRequest(number));
  }

  /** The statuses of the replies that came before the gateway was gone. */
  async function askUntilItDies(url: string): Promise<number[]> {
    const statuses: number[] = [];
    for (;;) {
      try {
        const reply = await ask(url);
        await reply.arrayBuffer();
        statuses.push(reply.status);
      } catch {
        return statuses;
      }
    }
  }

  /** Resolves so many turns of the event loop after the upstream has seen so many more requests. */
  async function killMoment(requests: number, turns: number): Promise<void> {
    let left = requests;
    await new Promise<void>((resolve) => {
      onForwarded = () => {
        left -= 1;
        if (left === 0) resolve();
      };
    });
    for (let turn = 0; turn < turns; turn++) await setImmediate();
  }
});

/** Every token that left stands for what it replaced. */
async function assertTokensOpen(forwarded: readonly RecordedRequest[], config: ConfigInput): Promise<void> {
  const expected = new Map(forwarded.map((request) => [tokenIn(request), addressOf(numberOf(request))]));
  const runtime = createRuntime(parseConfig(config));
  try {
    const ids = [...expected.keys()];
    assert.deepEqual(new Set(await runtime.vault.knows(ids)), new Set(ids));
    assert.deepEqual(new Map(await runtime.vault.detokenize(ids)), expected);
  } finally {
    await runtime.close();
  }
}

function tokenIn({ body }: RecordedRequest): string {
  const token = /\[TOKEN:(tok_email_[0-9a-f]+)\]/.exec(body.toString("utf8"))?.[1];
  assert.ok(token, "an address left as it was");
  return token;
}

function entriesIn(bytes: Buffer): AuditEntry[] {
  const lines = bytes.toString("utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as AuditEntry);
}

/** Integers that a seed makes, the same each time (a linear congruential generator, its high bits). */
function randomIntegers(seed: number): (min: number, max: number) => number {
  let state = BigInt(seed);
  return (min, max) => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return min + Number((state >> 33n) % BigInt(max - min + 1));
  };
}
