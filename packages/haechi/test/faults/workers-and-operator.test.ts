import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { parseConfig } from "../../src/config/parse.ts";
import { createRuntime } from "../../src/runtime/create-runtime.ts";
import { jsonVaultTokens } from "../support/json-vault.ts";
import { addressOf, numberedRequest } from "../support/numbered-requests.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { type CliRun, startCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { askAnew, childrenOf } from "../support/worker-processes.ts";
import { checkEvidence, evidenceConfig, forwardedRequest } from "./check-evidence.ts";

/** How often the operator does everything. */
const ROUNDS = Number(process.env.HAECHI_OPERATOR_ROUNDS ?? 1);
const CLIENTS = 2;

it("two workers serve while an operator changes keys, vault and log under them: each request is answered with its own values, nothing is lost, and everything verifies", async (test) => {
  const folder = await tempFolder(test);
  const upstream = await recordingUpstream(test, (response, { body }) =>
    answerJson(response, chatCompletion(JSON.parse(body.toString("utf8")).messages[0].content)),
  );
  const base = evidenceConfig(folder, upstream.url);
  const config = { ...base, tokenVault: { ...base.tokenVault, detokenizeResponses: true } };
  const configPath = join(folder, "haechi.config.json");
  await writeFile(configPath, JSON.stringify({ ...config, proxy: { workers: 2, port: 0 } }));
  const cli = startCli(test, folder, ["proxy", "--config", configPath], { HAECHI_LOG_FORMAT: "json" });
  const [line] = await cli.outputMatching(/^.*"proxy_listening".*$/m);
  const { host, port } = JSON.parse(line);
  assert.equal(childrenOf(cli.child.pid!).length, 2);

  const answered: number[] = [];
  let asked = 0;
  const ask = async () => {
    asked += 1;
    const number = asked;
    const { status, text } = await askAnew(
      `http://${host}:${port}/v1/chat/completions`,
      String(numberedRequest(number).body),
    );
    assert.equal(status, 200, text);
    assert.ok(text.includes(addressOf(number)), `the answer to ${number} has not its own address`);
    answered.push(number);
  };

  for (let before = 0; before < CLIENTS; before++) await ask();
  const unwanted = upstream.requests.map(({ body }) => forwardedRequest(body.toString("utf8")).tokenId);
  const keys = JSON.parse(await readFile(join(folder, "keys/keys.json"), "utf8")).keys;
  const imported = { tok_email_00112233445566ff: "lee@example.org" };
  await writeFile(
    join(folder, "old.json"),
    JSON.stringify({ version: 1, createdAt: new Date().toISOString(), tokens: jsonVaultTokens(keys[0], imported) }),
  );

  let isOver = false;
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (!isOver) await ask();
  });
  // A client that fails ends the test, and not only itself.
  const failed = Promise.all(clients);
  const done: string[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const purged = unwanted.splice(0, 1).map((id) => `token-purge ${id}`);
    const runs = await Promise.race([operate(folder, configPath, [...purged, ...commandsOf(folder, round)]), failed]);
    for (const { line: typed, exitCode, stdout, stderr } of runs as readonly OperatorRun[]) {
      assert.equal(exitCode, 0, `${typed}: ${stdout}${stderr}`);
      if (/^(?:keys|audit)/.test(typed)) done.push(stdout);
    }
  }
  // Whoever asks while the last command ends, and after.
  const last = answered.length;
  while (answered.length < last + CLIENTS) await Promise.race([setImmediate(), failed]);
  isOver = true;
  await failed;
  cli.child.kill("SIGTERM");
  const { exitCode, stderr } = await cli.ended;
  assert.deepEqual([exitCode, stderr], [0, ""]);

  const all = upstream.requests.map(({ body }) => forwardedRequest(body.toString("utf8")));
  assert.equal(all.length, asked);
  const kept = all.filter(({ number }) => number > CLIENTS || unwanted.includes(all[number - 1]!.tokenId));
  await checkEvidence(folder, config, { forwarded: kept, answered, said: done });
  const runtime = createRuntime(parseConfig(config));
  const purged = all.filter((one) => !kept.includes(one)).map(({ tokenId }) => tokenId);
  assert.ok(purged.length > 0);
  assert.deepEqual(await runtime.vault.knows(purged), new Set());
  assert.deepEqual(Object.fromEntries(await runtime.vault.detokenize(Object.keys(imported))), imported);
  await runtime.close();
  test.diagnostic(`${ROUNDS} rounds, ${answered.length} answered exchanges`);
});

/** What an operator does on the files that the workers use. */
function commandsOf(folder: string, round: number): readonly string[] {
  const backup = join(folder, `backup-${round}.sqlite`);
  return [
    "keys rotate",
    "vault reseal",
    `vault backup ${backup}`,
    "vault check",
    `vault check ${backup}`,
    "token-purge --expired",
    `vault import ${join(folder, "old.json")}`,
    `vault restore ${backup} --keep`,
    `audit checkpoint --directory ${join(folder, "elsewhere")}`,
    "audit rotate",
  ];
}

interface OperatorRun extends CliRun {
  readonly line: string;
}

/** Runs commands one after the other, in a process of its own. */
function operate(folder: string, configPath: string, lines: readonly string[]): Promise<readonly OperatorRun[]> {
  return new Promise((resolve, reject) => {
    const words = [join(import.meta.dirname, "run-commands.ts")];
    const child = execFile(process.execPath, words, { cwd: folder, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (error) reject(new Error(stderr, { cause: error }));
      else resolve(JSON.parse(stdout));
    });
    child.stdin!.end(JSON.stringify({ lines, configPath }));
  });
}
