import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { it } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { ConfigInput } from "../../src/config/schema.ts";
import { startHaechiProcess } from "../support/haechi-process.ts";
import { numberedRequest, numberOf } from "../support/numbered-requests.ts";
import { startProgram } from "../support/program-to-kill.ts";
import {
  answerJson,
  chatCompletion,
  type RecordingUpstream,
  recordingUpstream,
} from "../support/recording-upstream.ts";
import { numbersOf, type SeededNumbers } from "../support/seeded-numbers.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { createEvidenceCheck } from "./check-evidence.ts";

const KILLS = Number(process.env.HAECHI_KILLS ?? 3);
const SEED = Number(process.env.HAECHI_SEED ?? Date.now() % 2 ** 31);
const CLIENTS = 16;

it("a gateway and its operator's commands are killed at any moment: everything that was told is there, what is there verifies, and it serves again by itself", async (test) => {
  test.diagnostic(`HAECHI_SEED=${SEED}`);
  const random = numbersOf(SEED);
  const folder = await tempFolder(test);
  let onForwarded = () => {};
  const upstream = await recordingUpstream(test, (response) => {
    onForwarded();
    answerJson(response, chatCompletion("ok"));
  });
  const config = configOf(folder, upstream);
  const evidence = createEvidenceCheck(folder, config);
  const waitsMs: number[] = [];
  let number = 0;

  for (let kill = 0; kill <= KILLS; kill++) {
    const startedAt = performance.now();
    const gateway = await startHaechiProcess(test, folder, config);
    assert.equal((await ask(gateway.url)).status, 200);
    waitsMs.push(performance.now() - startedAt);
    assert.equal((await fetch(`${gateway.url}/__haechi/ready`)).status, 200);

    await evidence.check(upstream.requests);
    if (kill === KILLS) break;
    const operator = startProgram(test, "operate-for-ever.ts", join(folder, "haechi.config.json"), evidence.elsewhere);
    await operator.linesAfter(random.from(1, 4));
    const moment = killMoment(random);
    const clients = Array.from({ length: CLIENTS }, () => askUntilItDies(gateway.url));
    await moment;
    const [first, second] = random.from(0, 1) === 0 ? [gateway, operator] : [operator, gateway];
    const died = first.kill();
    await turns(random.from(0, 15));
    await Promise.all([died, second.kill()]);
    evidence.wasToldByOperator(operator.lines());
    const answered = (await Promise.all(clients)).flat();
    assert.deepEqual(
      answered.filter(({ status }) => status !== 200),
      [],
    );
    evidence.wasAnswered(answered.map((one) => one.number));
  }
  await evidence.checkAll(upstream.requests);
  assert.equal(new Set(upstream.requests.map(numberOf)).size, upstream.requests.length);
  assert.deepEqual(unexpectedNames(folder), []);

  waitsMs.sort((a, b) => a - b);
  test.diagnostic(
    `${KILLS} kills, ${evidence.figures()}; from the start of the process to its first answer ` +
      `${waitsMs[waitsMs.length >> 1]!.toFixed(0)} ms in the median, ${waitsMs.at(-1)!.toFixed(0)} ms at most`,
  );

  async function ask(url: string): Promise<{ readonly number: number; readonly status: number }> {
    number += 1;
    const asked = number;
    const reply = await fetch(`${url}/v1/chat/completions`, numberedRequest(asked));
    await reply.arrayBuffer();
    return { number: asked, status: reply.status };
  }

  /** The replies that came before the gateway was gone. */
  async function askUntilItDies(url: string) {
    const answered: Awaited<ReturnType<typeof ask>>[] = [];
    for (;;) {
      try {
        answered.push(await ask(url));
      } catch {
        return answered;
      }
    }
  }

  /** Resolves so many turns of the event loop after the upstream has seen so many more requests. */
  async function killMoment(random: SeededNumbers): Promise<void> {
    let left = random.from(1, 240);
    const later = random.from(0, 40);
    await new Promise<void>((resolve) => {
      onForwarded = () => {
        left -= 1;
        if (left === 0) resolve();
      };
    });
    await turns(later);
  }
});

/** Lets the event loop turn so many times. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await setImmediate();
}

function configOf(folder: string, upstream: RecordingUpstream): ConfigInput {
  return {
    mode: "enforce",
    target: { upstream: upstream.url },
    policy: { presets: [], actions: { email: "tokenize" } },
    responseProtection: { enabled: true },
    keys: { keyFile: join(folder, "keys.json") },
    audit: {
      path: join(folder, "audit.jsonl"),
      anchor: { mode: "file", path: join(folder, "audit.anchor.jsonl"), everyRecords: 10 },
      segments: { maxBytes: 65_536 },
    },
    tokenVault: { path: join(folder, "vault.sqlite") },
  };
}

/** What a crash left and nothing has taken away. */
function unexpectedNames(folder: string): string[] {
  const expected =
    /^(?:haechi\.config\.json|keys\.json(?:\.owner|\.usage)?|audit\.jsonl(?:\.owner)?|audit\.segment-\d+\.jsonl|audit\.anchor\.jsonl|audit\.checkpoints|audit-checkpoint\.key\.json(?:\.pub)?|vault\.sqlite(?:-wal|-shm)?|elsewhere)$/;
  return readdirSync(folder).filter((name) => !expected.test(name));
}
