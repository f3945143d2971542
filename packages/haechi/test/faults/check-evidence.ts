import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { parseConfig } from "../../src/config/parse.ts";
import type { ConfigInput } from "../../src/config/schema.ts";
import { readKeyRing } from "../../src/providers/crypto/key-file.ts";
import { readLogLines } from "../../src/providers/storage/audit-lines.ts";
import { listClosedSegments } from "../../src/providers/storage/audit-segments.ts";
import { createRuntime } from "../../src/runtime/create-runtime.ts";
import { addressOf, numberOf, shapeOfNumber } from "../support/numbered-requests.ts";
import type { RecordedRequest } from "../support/recording-upstream.ts";
import { runCliWords } from "../support/run-cli.ts";

const VERIFIER = join(import.meta.dirname, "../../../../specs/verify/verify-audit.mjs");

/** Holds what a folder keeps against what was told to somebody. */
export interface EvidenceCheck {
  /** Where checkpoints go that the machine of the log cannot take back. */
  readonly elsewhere: string;
  /** Clients got 200 for these requests. */
  wasAnswered(numbers: readonly number[]): void;
  /** Commands have ended, and said this. */
  wasToldByOperator(lines: readonly string[]): void;
  /** All of the log verifies; what is new since the last check has its record, and its token opens. */
  check(forwarded: readonly RecordedRequest[]): Promise<void>;
  /** The same of everything since the beginning. */
  checkAll(forwarded: readonly RecordedRequest[]): Promise<void>;
  figures(): string;
}

export function createEvidenceCheck(folder: string, config: ConfigInput): EvidenceCheck {
  const elsewhere = join(folder, "elsewhere");
  const auditPath = join(folder, "audit.jsonl");
  const checkpoints = join(folder, "audit.checkpoints");
  const anchors = join(folder, "audit.anchor.jsonl");
  const key = join(folder, "audit-checkpoint.key.json.pub");
  const answered: number[] = [];
  const kids: string[] = [];
  const notes: string[] = [];
  let closedByCommand = 0;
  let checkedForwarded = 0;
  let checkedAnswered = 0;

  return {
    elsewhere,
    wasAnswered: (numbers) => void answered.push(...numbers),
    wasToldByOperator(lines) {
      for (const line of lines) {
        const said = JSON.parse(line);
        if (said.kid !== undefined) kids.push(said.kid);
        if (said.closed != null) closedByCommand += 1;
        for (const { note } of said.checkpoints ?? []) notes.push(note);
      }
    },
    async check(forwarded) {
      await checkFiles();
      await checkExchanges(forwarded.slice(checkedForwarded), answered.slice(checkedAnswered));
      checkedForwarded = forwarded.length;
      checkedAnswered = answered.length;
    },
    async checkAll(forwarded) {
      await checkFiles();
      await checkExchanges(forwarded, answered);
    },
    figures() {
      const closed = listClosedSegments(auditPath).length;
      return (
        `${answered.length} answered exchanges, ${closed} segments closed (${closedByCommand} by command), ` +
        `${kids.length} key rotations, ${notes.length} checkpoints`
      );
    },
  };

  async function checkFiles(): Promise<void> {
    const { keys } = readKeyRing(join(folder, "keys.json"));
    assert.deepEqual(
      kids.filter((kid) => !keys.has(kid)),
      [],
    );
    if (!existsSync(checkpoints)) {
      assert.deepEqual(notes, []);
      return await verifyByBoth([]);
    }
    const kept = readFileSync(checkpoints, "utf8");
    assert.deepEqual(
      notes.filter((note) => !kept.includes(note)),
      [],
    );
    await verifyByBoth(["--checkpoints", checkpoints]);
    await verify(["--checkpoints", elsewhere]);
  }

  async function verify(published: readonly string[]): Promise<void> {
    const options = published.length === 0 ? [] : [...published, "--verifier-key", key];
    const run = await runCliWords(["audit-verify", "--audit", auditPath, "--anchor", anchors, ...options]);
    assert.equal(run.exitCode, 0, run.stdout + run.stderr);
  }

  /** By the verifier that shares no line with Haechi too. */
  async function verifyByBoth(published: readonly string[]): Promise<void> {
    await verify(published);
    const options = published.length === 0 ? [] : [...published, "--key", key];
    await promisify(execFile)(process.execPath, [VERIFIER, "log", auditPath, "--anchors", anchors, ...options]);
  }

  async function checkExchanges(forwarded: readonly RecordedRequest[], replied: readonly number[]): Promise<void> {
    const { exchangeOf, responses } = await readRecords(auditPath);
    const numbers = forwarded.map(numberOf);
    assert.deepEqual(
      numbers.filter((number) => !exchangeOf.has(shapeOfNumber(number))),
      [],
      "forwarded without a record",
    );
    assert.deepEqual(
      replied.filter((number) => !responses.has(exchangeOf.get(shapeOfNumber(number)) ?? "")),
      [],
      "answered without the records of both ways",
    );
    await assertTokensOpen(forwarded, config);
  }
}

/** The exchange of each request by its shape, and the exchanges whose response is recorded. */
async function readRecords(path: string) {
  const exchangeOf = new Map<string, string>();
  const responses = new Set<string>();
  for await (const lines of readLogLines(path)) {
    for (const line of lines) {
      const { operation, correlationId, payloadShapeHash } = JSON.parse(Buffer.from(line).toString("utf8"));
      if (operation.startsWith("request:")) exchangeOf.set(payloadShapeHash, correlationId);
      else if (operation.startsWith("response:")) responses.add(correlationId);
    }
  }
  return { exchangeOf, responses };
}

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
