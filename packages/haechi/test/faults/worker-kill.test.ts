import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { readLogLines } from "../../src/providers/storage/audit-lines.ts";
import { numberedRequest, shapeOfNumber } from "../support/numbered-requests.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startCli } from "../support/run-cli.ts";
import { numbersOf } from "../support/seeded-numbers.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { askAnew, childrenOf } from "../support/worker-processes.ts";
import { checkEvidence, evidenceConfig, forwardedRequest } from "./check-evidence.ts";

const KILLS = Number(process.env.HAECHI_KILLS ?? 2);
const SEED = Number(process.env.HAECHI_SEED ?? Date.now() % 2 ** 31);
const CLIENTS = 8;

it("a worker is killed at any moment: the others go on, another one takes its place, and of what was answered nothing is missing or there twice", async (test) => {
  test.diagnostic(`HAECHI_SEED=${SEED}`);
  const random = numbersOf(SEED);
  const folder = await tempFolder(test);
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
  const config = evidenceConfig(folder, upstream.url);
  const path = join(folder, "haechi.config.json");
  await writeFile(path, JSON.stringify({ ...config, proxy: { workers: 2, port: 0 } }));
  const cli = startCli(test, folder, ["proxy", "--config", path], { HAECHI_LOG_FORMAT: "json" });
  const [line] = await cli.outputMatching(/^.*"proxy_listening".*$/m);
  const { host, port } = JSON.parse(line);
  const url = `http://${host}:${port}`;
  const answered: number[] = [];
  let number = 0;
  let cut = 0;

  for (let kill = 1; kill <= KILLS; kill++) {
    let isOver = false;
    const clients = Array.from({ length: CLIENTS }, async () => {
      while (!isOver) await ask();
    });
    const moment = answered.length + random.from(20, 200);
    while (answered.length < moment) await setImmediate();
    const workers = childrenOf(cli.child.pid!);
    process.kill(workers[random.from(0, workers.length - 1)]!, "SIGKILL");
    // Nobody waits for the next one to be there.
    const after = answered.length;
    while (answered.length < after + 20) await setImmediate();
    await cli.outputMatching(new RegExp(`(?:"worker_started"[^]*){${kill}}`));
    isOver = true;
    await Promise.all(clients);
  }
  assert.match(
    (await askAnew(`${url}/__haechi/metrics`)).text,
    new RegExp(`^haechi_worker_deaths_total ${KILLS}$`, "m"),
  );
  cli.child.kill("SIGTERM");
  const { exitCode, stderr } = await cli.ended;
  assert.equal(exitCode, 0, stderr);
  assert.equal(stderr.match(/"worker_lost"/g)?.length, KILLS);

  const forwarded = upstream.requests.map(({ body }) => forwardedRequest(body.toString("utf8")));
  await checkEvidence(folder, config, { forwarded, answered, said: [] });
  await checkOnce(answered, forwarded.length);
  test.diagnostic(`${KILLS} kills, ${answered.length} answered exchanges, ${cut} cut`);

  async function ask(): Promise<void> {
    number += 1;
    const asked = number;
    try {
      const { status } = await askAnew(`${url}/v1/chat/completions`, String(numberedRequest(asked).body));
      assert.equal(status, 200);
      answered.push(asked);
    } catch (error) {
      // Whoever was served by the one that was killed has no answer.
      if (error instanceof assert.AssertionError) throw error;
      cut++;
    }
  }

  /** One record of each way for every exchange that was answered, one of each worker that was killed, and no more of either. */
  async function checkOnce(numbers: readonly number[], forwardedCount: number): Promise<void> {
    const entries = [];
    for await (const lines of readLogLines(join(folder, "log/audit.jsonl"))) {
      for (const entry of lines) entries.push(JSON.parse(Buffer.from(entry).toString("utf8")));
    }
    const requests = entries.filter(({ operation }) => operation.startsWith("request:"));
    const responses = entries.filter(({ operation }) => operation.startsWith("response:"));
    const times = Map.groupBy(requests, ({ payloadShapeHash }) => payloadShapeHash);
    const answers = Map.groupBy(responses, ({ correlationId }) => correlationId);
    for (const one of numbers) {
      const records = times.get(shapeOfNumber(one)) ?? [];
      assert.equal(records.length, 1, `request ${one}`);
      assert.equal(answers.get(records[0].correlationId)?.length, 1, `response ${one}`);
    }
    assert.ok(requests.length >= forwardedCount);
    assert.equal(entries.filter(({ reason }) => reason === "worker_lost").length, KILLS);
  }
});
