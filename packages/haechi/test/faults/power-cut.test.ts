import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { it, type TestContext } from "node:test";
import { parseConfig } from "../../src/config/parse.ts";
import { numberedRequest } from "../support/numbered-requests.ts";
import { readFolder, restoreAfterCut, SURVIVALS } from "../support/power-cut.ts";
import { startProgram } from "../support/program-to-kill.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { numbersOf } from "../support/seeded-numbers.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { canTrace, numberAt, parseTrace, stringsOf, type TracedCall, tracedBy } from "../support/traced-calls.ts";
import { checkEvidence, evidenceConfig, type ForwardedRequest, forwardedRequest, type Told } from "./check-evidence.ts";
import { openGateway } from "./open-gateway.ts";

const CUTS = Number(process.env.HAECHI_POWER_CUTS ?? 8);
const SEED = Number(process.env.HAECHI_SEED ?? Date.now() % 2 ** 31);
const CUTS_OF_A_RUN = 10;
const CLIENTS = 8;
const REQUESTS = 80;
const COMMANDS = 12;

it("loses nothing that was told to somebody when the power is cut, and serves again by itself", {
  skip: canTrace() ? false : "needs strace, to know each call that reaches the disk",
}, async (test) => {
  test.diagnostic(`HAECHI_SEED=${SEED}`);
  const random = numbersOf(SEED);
  const work = await tempFolder(test);
  const upstream = await recordingUpstream(test, (response, { body }) => {
    answerJson(response, chatCompletion(`answer to ${forwardedRequest(body.toString("utf8")).number}.`));
  });
  let number = 0;
  let told: Told = { forwarded: [], answered: [], said: [] };
  // Each run goes on from what the last cut of the run before has left.
  let folder = join(work, "0");
  await mkdir(folder);
  const seen = { forwarded: 0, answered: 0, said: 0 };

  for (let cut = 0; cut < CUTS; ) {
    const before = readFolder(folder);
    const calls = await trace(test, folder);
    const toldSince = wordsOf(calls);
    let next = { folder, told };
    for (const end = Math.min(CUTS, cut + CUTS_OF_A_RUN); cut < end; cut++) {
      // Right after something was told, or at any time.
      const words = toldSince[random.from(0, toldSince.length - 1)]!;
      const at = random.from(0, 1) === 0 ? words.at + 1 : random.from(0, calls.at(-1)!.begun + 1);
      const survival = SURVIVALS[cut % SURVIVALS.length]!;
      const target = join(work, `${cut + 1}`);
      restoreAfterCut({ root: folder, before, calls }, { at, survival, random }, target);
      const toldByThen = withWords(
        told,
        toldSince.filter((one) => one.at < at),
      );
      await test.test(`cut ${cut + 1} at line ${at} of the trace: of what was not durable, ${survival}`, async () => {
        await serveAgain(target);
        await checkEvidence(target, evidenceConfig(target, upstream.url), toldByThen);
      });
      for (const what of ["forwarded", "answered", "said"] as const)
        seen[what] += toldByThen[what].length - told[what].length;
      next = { folder: target, told: toldByThen };
    }
    ({ folder, told } = next);
  }
  test.diagnostic(
    `${CUTS} cuts; told before them: ${seen.forwarded} requests to the upstream, ${seen.answered} answers, ${seen.said} reports of commands`,
  );

  /** Runs a gateway and its operator under load on a folder; what they did to it, and said, call by call. */
  async function trace(context: TestContext, onFolder: string): Promise<readonly TracedCall[]> {
    const output = join(work, "trace");
    const config = join(work, "config.json");
    writeFileSync(config, JSON.stringify(evidenceConfig(onFolder, upstream.url)));
    const program = startProgram(
      context,
      { script: "serve-and-operate.ts", under: tracedBy(output) },
      config,
      join(onFolder, "elsewhere"),
    );
    await program.linesAfter(1);
    const { url } = JSON.parse(program.lines()[0]!);
    const saysEnough = program.linesAfter(COMMANDS);
    const last = number + REQUESTS;
    const client = async () => {
      while (number < last) await ask(url);
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    await saysEnough;
    await program.end();
    return parseTrace(readFileSync(output, "latin1"));
  }

  async function ask(url: string): Promise<void> {
    number += 1;
    const reply = await fetch(`${url}/v1/chat/completions`, numberedRequest(number));
    assert.equal(reply.status, 200);
    await reply.arrayBuffer();
  }

  async function serveAgain(onFolder: string): Promise<void> {
    const gateway = await openGateway(parseConfig(evidenceConfig(onFolder, upstream.url)));
    try {
      assert.equal((await fetch(`${gateway.url}/__haechi/ready`)).status, 200);
      await ask(gateway.url);
    } finally {
      await gateway.close();
    }
  }
});

/** Something that left the program, and the line of the trace from which on it may have been read. */
interface Words {
  readonly at: number;
  readonly forwarded?: ForwardedRequest;
  readonly answered?: number;
  readonly said?: string;
}

function wordsOf(calls: readonly TracedCall[]): readonly Words[] {
  return calls.flatMap((call): Words[] => {
    if (!/^(?:writev?|sendmsg|sendto)$/.test(call.name)) return [];
    const text = Buffer.concat(stringsOf(call)).toString("utf8");
    const at = call.begun;
    if (numberAt(call, 0) === 1) return text.startsWith('{"url"') ? [] : [{ at, said: text.trimEnd() }];
    if (text.includes("number #")) return [{ at, forwarded: forwardedRequest(text) }];
    const answer = /answer to (\d+)\./.exec(text);
    return answer === null ? [] : [{ at, answered: Number(answer[1]) }];
  });
}

function withWords(told: Told, words: readonly Words[]): Told {
  return {
    forwarded: [...told.forwarded, ...words.flatMap(({ forwarded }) => forwarded ?? [])],
    answered: [...told.answered, ...words.flatMap(({ answered }) => answered ?? [])],
    said: [...told.said, ...words.flatMap(({ said }) => said ?? [])],
  };
}
