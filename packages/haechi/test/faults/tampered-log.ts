import assert from "node:assert/strict";
import fs from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Checkpoint } from "../../src/core/audit/checkpoint.ts";
import { sampleDecisionEvent, sampleProtectEvent } from "../../src/core/audit/sample-events.oracle.ts";
import type { NoteKey } from "../../src/core/audit/signed-note.ts";
import { createAuditLog } from "../../src/engine/audit/audit-log.ts";
import { readCheckpoints } from "../../src/providers/checkpoints/checkpoint-file.ts";
import { createFileCheckpointSink } from "../../src/providers/checkpoints/file-checkpoint-sink.ts";
import { readVerifierKey } from "../../src/providers/checkpoints/note-signer.ts";
import { verifyAuditFile } from "../../src/providers/storage/audit-reader.ts";
import { createFileAuditSegments, listClosedSegments } from "../../src/providers/storage/audit-segments.ts";
import { createFileAuditStore } from "../../src/providers/storage/file-audit-store.ts";
import { systemClock } from "../../src/providers/system/system-clock.ts";
import { systemRandom } from "../../src/providers/system/system-random.ts";
import { runCliWords } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { evidenceConfig } from "./check-evidence.ts";

export const RECORDS = 200;
/** Every so many places are tried; 1 is all of them. */
const STEP = Number(process.env.HAECHI_TAMPERING_STEP ?? 1999);

export const isTried = (place: number, moreOften = 1): boolean => place % Math.ceil(STEP / moreOften) === 0;

/** What an auditor holds a log against. */
export interface Held {
  readonly checkpoints?: boolean;
  readonly anchors?: boolean;
}

export interface TamperedLog {
  readonly folder: string;
  readonly path: string;
  readonly checkpointsPath: string;
  readonly anchorsPath: string;
  readonly key: NoteKey;
  readonly checkpoints: readonly Checkpoint[];
  /** Of each segment, oldest first; the last is the open one. */
  readonly files: readonly string[];
  /** How often the two verifiers were asked. */
  readonly asked: () => number;
  /**
   * Why the log does not hold; empty when it does. Haechi's own verifier and the standalone one of the specification
   * must agree, and name the same line.
   */
  reason(held?: Held): Promise<string>;
}

export interface TamperedLogOptions {
  readonly segments?: number;
  /** A checkpoint for every so many records. */
  readonly signedEvery?: number;
  /** Its key signs this log too. */
  readonly keyOf?: TamperedLog;
}

/** A log in so many segments, with checkpoints when it had so many entries each, and an anchor for every tenth. */
export async function tamperedLog(
  test: TestContext,
  { segments = 1, signedEvery = RECORDS, keyOf }: TamperedLogOptions = {},
): Promise<TamperedLog> {
  const folder = await tempFolder(test);
  const config = evidenceConfig(folder, "http://127.0.0.1:9");
  const configPath = join(folder, "haechi.config.json");
  fs.writeFileSync(configPath, JSON.stringify(config));
  const path = join(folder, "log/audit.jsonl");
  const anchorsPath = join(folder, "anchors/audit.anchor.jsonl");
  const checkpointsPath = join(folder, "log/audit.checkpoints");
  const keyPath = join(folder, "key.pub");
  if (keyOf !== undefined) {
    for (const name of ["", ".pub"].map((end) => `keys/audit-checkpoint.key.json${end}`)) {
      fs.cpSync(join(keyOf.folder, name), join(folder, name));
    }
  }
  const log = createAuditLog({
    store: createFileAuditStore({ path }),
    segments: { store: createFileAuditSegments(path) },
    anchors: createFileCheckpointSink(anchorsPath),
    everyRecords: 10,
    clock: systemClock,
    random: systemRandom,
  });
  const first = Math.floor(Math.random() * 2 ** 24);
  for (let number = 0; number < RECORDS; number++) {
    const isNext = number > 0 && number % (RECORDS / segments) === 0;
    // The first entry of a later segment is about the segment.
    if (isNext) await log.rotate();
    else await log.record(number % 2 === 0 ? sampleProtectEvent(first + number) : sampleDecisionEvent(first + number));
    if ((number + 1) % signedEvery === 0) await sign();
  }
  await log.close();

  async function sign(): Promise<void> {
    const signed = await runCliWords(["audit", "checkpoint", "--config", configPath]);
    assert.equal(signed.exitCode, 0, signed.stderr);
    fs.writeFileSync(keyPath, JSON.parse(signed.stdout).verifierKey);
  }

  const key = readVerifierKey(keyPath)!;
  const checkpoints = readCheckpoints(checkpointsPath, key).map(({ checkpoint }) => checkpoint);
  const files = [...listClosedSegments(path).map((segment) => segment.path), path];
  assert.equal(files.length, segments);
  const standalone = await standaloneVerifier();
  let asked = 0;
  return {
    folder,
    path,
    checkpointsPath,
    anchorsPath,
    key,
    checkpoints,
    files,
    asked: () => asked,
    async reason(held = {}) {
      asked++;
      const own = await ownReason(held);
      const other = standalone(path, {
        ...(held.checkpoints && { key: keyPath, checkpoints: checkpointsPath }),
        ...(held.anchors && { anchors: anchorsPath }),
      });
      assert.equal(other === "", own === "", `Haechi says "${own}", the standalone verifier "${other}"`);
      const [ownLine, otherLine] = [own, other].map((reason) => / at line (\d+)$/.exec(reason)?.[1]);
      if (ownLine !== undefined && otherLine !== undefined) assert.equal(otherLine, ownLine, `${own}; ${other}`);
      return own;
    },
  };

  async function ownReason({ checkpoints: isSigned = false, anchors = false }: Held): Promise<string> {
    let signed: readonly Checkpoint[] = [];
    try {
      if (isSigned) signed = readCheckpoints(checkpointsPath, key).map(({ checkpoint }) => checkpoint);
    } catch (error) {
      return String(error);
    }
    const verdict = await verifyAuditFile(path, {
      ...(isSigned && { checkpoints: signed }),
      ...(anchors && { anchorPath: anchorsPath }),
    });
    return verdict.valid ? "" : verdict.reason;
  }
}

const VERIFIER = join(import.meta.dirname, "../../../../specs/verify/verify-audit.mjs");

/** The verifier of the specification without its command line, so that it can be asked a hundred thousand times. */
async function standaloneVerifier(): Promise<(path: string, options: Readonly<Record<string, string>>) => string> {
  const [code] = fs.readFileSync(VERIFIER, "utf8").split("const [what, path, ...rest] = process.argv");
  const { verifyLog } = await import(`data:text/javascript,${encodeURIComponent(`${code}\nexport { verifyLog };`)}`);
  return (path, options) => {
    try {
      return verifyLog(path, options).valid ? "" : "not valid";
    } catch (error) {
      assert.ok(error instanceof Error);
      return error.message;
    }
  };
}
