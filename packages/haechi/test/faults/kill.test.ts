import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { listClosedSegments } from "../../src/providers/storage/audit-segments.ts";
import { startHaechiProcess } from "../support/haechi-process.ts";
import { numberedRequest } from "../support/numbered-requests.ts";
import { startProgram } from "../support/program-to-kill.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { numbersOf, type SeededNumbers } from "../support/seeded-numbers.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { checkEvidence, evidenceConfig, forwardedRequest, inWordsOf } from "./check-evidence.ts";

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
  const config = evidenceConfig(folder, upstream.url);
  const forwarded = () => upstream.requests.map(({ body }) => forwardedRequest(body.toString("utf8")));
  const answered: number[] = [];
  const said: string[] = [];
  const waitsMs: number[] = [];
  let seen: readonly [forwarded: number, answered: number] = [0, 0];
  let number = 0;

  for (let kill = 0; kill <= KILLS; kill++) {
    const startedAt = performance.now();
    const gateway = await startHaechiProcess(test, folder, config);
    assert.equal((await ask(gateway.url)).status, 200);
    waitsMs.push(performance.now() - startedAt);
    assert.equal((await fetch(`${gateway.url}/__haechi/ready`)).status, 200);

    // Exchanges and tokens of earlier rounds are looked at again at the end.
    const isLast = kill === KILLS;
    const [firstForwarded, firstAnswered] = isLast ? [0, 0] : seen;
    seen = [upstream.requests.length, answered.length];
    await checkEvidence(folder, config, {
      forwarded: forwarded().slice(firstForwarded),
      answered: answered.slice(firstAnswered),
      said,
    });
    if (isLast) break;
    const operator = startProgram(
      test,
      "operate-for-ever.ts",
      join(folder, "haechi.config.json"),
      join(folder, "elsewhere"),
    );
    await operator.linesAfter(random.from(1, 4));
    const moment = killMoment(random);
    const clients = Array.from({ length: CLIENTS }, () => askUntilItDies(gateway.url));
    await moment;
    const [first, second] = random.from(0, 1) === 0 ? [gateway, operator] : [operator, gateway];
    const died = first.kill();
    await turns(random.from(0, 15));
    await Promise.all([died, second.kill()]);
    said.push(...operator.lines());
    const replies = (await Promise.all(clients)).flat();
    assert.deepEqual(
      replies.filter(({ status }) => status !== 200),
      [],
    );
    answered.push(...replies.map((reply) => reply.number));
  }
  assert.equal(new Set(forwarded().map((request) => request.number)).size, upstream.requests.length);
  assert.deepEqual(unexpectedNames(folder), []);

  waitsMs.sort((a, b) => a - b);
  const { kids, notes, closedSegments } = inWordsOf(said);
  test.diagnostic(
    `${KILLS} kills, ${answered.length} answered exchanges, ${listClosedSegments(join(folder, "log/audit.jsonl")).length} segments ` +
      `closed (${closedSegments} by command), ${kids.length} rotations of keys, ${notes.length} checkpoints; from the start of the process to its first answer ` +
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
    const replies: Awaited<ReturnType<typeof ask>>[] = [];
    for (;;) {
      try {
        replies.push(await ask(url));
      } catch {
        return replies;
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

/** What a crash left and nothing has taken away. */
function unexpectedNames(folder: string): string[] {
  const expected =
    /^(?:haechi\.config\.json|keys\/(?:keys\.json(?:\.owner|\.usage)?|audit-checkpoint\.key\.json(?:\.pub)?)|log\/audit\.(?:jsonl(?:\.owner)?|segment-\d+\.jsonl|checkpoints)|anchors\/audit\.anchor\.jsonl|vault\/vault\.sqlite(?:-wal|-shm)?|elsewhere\/segment-\d+\.checkpoint)$/;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .filter((name) => !expected.test(name));
}
