import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { parseConfig } from "../../src/config/parse.ts";
import type { ConfigInput } from "../../src/config/schema.ts";
import { readKeyRing } from "../../src/providers/crypto/key-file.ts";
import { readLogLines } from "../../src/providers/storage/audit-lines.ts";
import { createRuntime } from "../../src/runtime/create-runtime.ts";
import { addressOf, numberIn, shapeOfNumber } from "../support/numbered-requests.ts";
import { runCliWords } from "../support/run-cli.ts";

const VERIFIER = join(import.meta.dirname, "../../../../specs/verify/verify-audit.mjs");

/** A gateway that keeps everything that it can keep, each thing in a folder of its own that it makes. */
export function evidenceConfig(folder: string, upstreamUrl: string): ConfigInput {
  return {
    mode: "enforce",
    target: { upstream: upstreamUrl },
    policy: { presets: [], actions: { email: "tokenize" } },
    responseProtection: { enabled: true },
    keys: { keyFile: join(folder, "keys/keys.json") },
    audit: {
      path: join(folder, "log/audit.jsonl"),
      anchor: { mode: "file", path: join(folder, "anchors/audit.anchor.jsonl"), everyRecords: 10 },
      segments: { maxBytes: 65_536 },
    },
    tokenVault: { path: join(folder, "vault/vault.sqlite") },
  };
}

/** What somebody has been told, and so must be true for good. */
export interface Told {
  /** Numbered requests that went to the upstream, and the token that stood for the address in each. */
  readonly forwarded: readonly ForwardedRequest[];
  /** Numbered requests that were answered. */
  readonly answered: readonly number[];
  /** What commands of an operator have said, a JSON object each. */
  readonly said: readonly string[];
}

export interface ForwardedRequest {
  readonly number: number;
  readonly tokenId: string;
}

/** What a numbered request was when it left. */
export function forwardedRequest(body: string): ForwardedRequest {
  const tokenId = /\[TOKEN:(tok_email_[0-9a-f]+)\]/.exec(body)?.[1];
  assert.ok(tokenId, "an address left as it was");
  return { number: numberIn(body), tokenId };
}

/** All that the folder keeps verifies, and nothing is missing of what somebody was told. */
export async function checkEvidence(folder: string, config: ConfigInput, told: Told): Promise<void> {
  const { kids, notes } = inWordsOf(told.said);
  const { keys } = readKeyRing(join(folder, "keys/keys.json"));
  assert.deepEqual(
    kids.filter((kid) => !keys.has(kid)),
    [],
    "keys",
  );
  await checkLog(folder, notes);
  await checkExchanges(folder, told);
  await checkTokens(told.forwarded, config);
}

/** What the commands of an operator have made. */
export function inWordsOf(said: readonly string[]) {
  const reports = said.map((line) => JSON.parse(line));
  return {
    kids: reports.flatMap(({ kid }) => (kid === undefined ? [] : [kid as string])),
    notes: reports.flatMap(({ checkpoints = [] }) => checkpoints.map(({ note }: { note: string }) => note) as string[]),
    closedSegments: reports.filter(({ closed }) => closed != null).length,
  };
}

async function checkLog(folder: string, notes: readonly string[]): Promise<void> {
  const log = join(folder, "log/audit.jsonl");
  const anchors = join(folder, "anchors/audit.anchor.jsonl");
  const checkpoints = join(folder, "log/audit.checkpoints");
  const elsewhere = join(folder, "elsewhere");
  const key = join(folder, "keys/audit-checkpoint.key.json.pub");
  const kept = existsSync(checkpoints) ? readFileSync(checkpoints, "utf8") : "";
  assert.deepEqual(
    notes.filter((note) => !kept.includes(note)),
    [],
    "checkpoints",
  );
  for (const published of [checkpoints, elsewhere]) {
    const isThere = existsSync(published) && (published === elsewhere || kept.includes("\n\n"));
    const own = isThere ? ["--checkpoints", published, "--verifier-key", key] : [];
    const run = await runCliWords(["audit-verify", "--audit", log, "--anchor", anchors, ...own]);
    assert.equal(run.exitCode, 0, run.stdout + run.stderr);
    if (published === elsewhere) continue;
    // By the verifier that shares no line with Haechi too.
    const others = isThere ? ["--checkpoints", published, "--key", key] : [];
    await promisify(execFile)(process.execPath, [VERIFIER, "log", log, "--anchors", anchors, ...others]);
  }
}

async function checkExchanges(folder: string, { forwarded, answered }: Told): Promise<void> {
  const exchangeOf = new Map<string, string>();
  const responses = new Set<string>();
  for await (const lines of readLogLines(join(folder, "log/audit.jsonl"))) {
    for (const line of lines) {
      const { operation, correlationId, payloadShapeHash } = JSON.parse(Buffer.from(line).toString("utf8"));
      if (operation.startsWith("request:")) exchangeOf.set(payloadShapeHash, correlationId);
      else if (operation.startsWith("response:")) responses.add(correlationId);
    }
  }
  const exchangeOfNumber = (number: number) => exchangeOf.get(shapeOfNumber(number));
  assert.deepEqual(
    forwarded.filter(({ number }) => exchangeOfNumber(number) === undefined),
    [],
    "forwarded without a record",
  );
  assert.deepEqual(
    answered.filter((number) => !responses.has(exchangeOfNumber(number) ?? "")),
    [],
    "answered without the records of both ways",
  );
}

/** Every token that left stands for what it replaced. */
async function checkTokens(forwarded: readonly ForwardedRequest[], config: ConfigInput): Promise<void> {
  const expected = new Map(forwarded.map(({ number, tokenId }) => [tokenId, addressOf(number)]));
  const runtime = createRuntime(parseConfig(config));
  try {
    const ids = [...expected.keys()];
    assert.deepEqual(new Set(await runtime.vault.knows(ids)), new Set(ids));
    assert.deepEqual(new Map(await runtime.vault.detokenize(ids)), expected);
  } finally {
    await runtime.close();
  }
}
