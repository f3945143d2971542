import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { promisify } from "node:util";
import { type ChainHead, sealEntry, sealFirstEntry } from "../../src/core/audit/entry-line.ts";
import { readSegmentLink } from "../../src/core/audit/segments.ts";
import { canonicalJson } from "../../src/core/crypto/canonical-json.ts";
import { verifyAuditFile } from "../../src/providers/storage/audit-reader.ts";
import { type CliFolder, cliFolder } from "../support/run-cli.ts";

const VERIFIER = join(import.meta.dirname, "../../../../specs/verify/verify-audit.mjs");
const VECTORS = join(import.meta.dirname, "../../../../specs/verify/vectors");

const OPEN = "log/audit.jsonl";
const SECOND = "log/audit.segment-000002.jsonl";
const ANCHORS = "log/audit.anchor.jsonl";
const CHECKPOINTS = "log/audit.checkpoints";

/** How often each kind is tried, each time at another place. */
const RUNS = Number(process.env.HAECHI_TAMPERINGS ?? 2);

/** Every so many bytes of the vectors are changed. */
const BYTE_STEP = RUNS > 2 ? 1 : 661;

/** What the auditor has: the key, and a folder that the machine of the log cannot write. */
const WITH_CHECKPOINTS = { key: "elsewhere/key.pub", checkpoints: "elsewhere" };
const WITH_LOCAL_CHECKPOINTS = { key: "elsewhere/key.pub", checkpoints: CHECKPOINTS };
const WITH_ANCHORS = { anchors: ANCHORS };

type Known = Partial<Record<"key" | "checkpoints" | "anchors", string>>;

interface Tampering {
  readonly what: string;
  readonly known: Known;
  change(pick: (below: number) => number): void;
}

const TAMPERINGS: readonly Tampering[] = [
  {
    what: "a flipped bit",
    known: {},
    change(pick) {
      const bytes = fs.readFileSync(SECOND);
      bytes[pick(bytes.length)]! ^= 1 << pick(8);
      fs.writeFileSync(SECOND, bytes);
    },
  },
  {
    what: "a record removed",
    known: {},
    change: (pick) => editLines((lines) => lines.toSpliced(pick(lines.length - 1), 1)),
  },
  {
    what: "two records swapped",
    known: {},
    change: (pick) =>
      editLines((lines) => {
        const at = pick(lines.length - 1);
        return lines.with(at, lines[at + 1]!).with(at + 1, lines[at]!);
      }),
  },
  {
    what: "a record doubled",
    known: {},
    change: (pick) =>
      editLines((lines) => {
        const at = pick(lines.length);
        return lines.toSpliced(at, 0, lines[at]!);
      }),
  },
  {
    what: "the tail cut, with anchors",
    known: WITH_ANCHORS,
    change: (pick) => editLines((lines) => lines.slice(0, 1 + pick(lines.length - 1))),
  },
  {
    what: "the tail cut, with the anchors cut too",
    known: WITH_CHECKPOINTS,
    change(pick) {
      const kept = 1 + pick(linesOf(OPEN).length - 1);
      editLines((lines) => lines.slice(0, kept));
      const isKept = (line: string) => JSON.parse(line).segment !== 3 || JSON.parse(line).sequence <= kept;
      fs.writeFileSync(ANCHORS, `${linesOf(ANCHORS).filter(isKept).join("\n")}\n`);
    },
  },
  {
    what: "everything emptied",
    known: WITH_CHECKPOINTS,
    change() {
      for (const name of fs.readdirSync("log")) fs.rmSync(join("log", name));
      for (const path of [OPEN, ANCHORS, CHECKPOINTS]) fs.writeFileSync(path, "");
    },
  },
  {
    what: "the log written again with hashes that fit",
    known: WITH_CHECKPOINTS,
    change(pick) {
      const lines = linesOf(OPEN);
      const at = 1 + pick(lines.length - 1);
      writeAgain(lines.map((line, index) => (index === at ? line.replace('"email":1', '"email":9') : line)));
      fs.rmSync(ANCHORS);
    },
  },
  {
    what: "a key injected",
    known: {},
    change: (pick) =>
      editLines((lines) => {
        const at = pick(lines.length);
        return lines.with(at, lines[at]!.replace('"blocked":', '"blocked":true,"blocked":'));
      }),
  },
  {
    what: "white space added",
    known: {},
    change: (pick) =>
      editLines((lines) => {
        const at = pick(lines.length);
        const places = [...lines[at]!.matchAll(/[,:](?=")/g)].map(({ index }) => index + 1);
        const place = [...places, lines[at]!.length][pick(places.length + 1)]!;
        return lines.with(at, `${lines[at]!.slice(0, place)} ${lines[at]!.slice(place)}`);
      }),
  },
  {
    what: "a segment removed",
    known: {},
    change: (pick) => fs.rmSync(`log/audit.segment-00000${1 + pick(2)}.jsonl`),
  },
  {
    what: "the newest segment removed, and the one before made the open one",
    known: WITH_CHECKPOINTS,
    change: () => fs.renameSync(SECOND, OPEN),
  },
  {
    what: "segments swapped",
    known: {},
    change() {
      const first = fs.readFileSync("log/audit.segment-000001.jsonl");
      fs.copyFileSync(SECOND, "log/audit.segment-000001.jsonl");
      fs.writeFileSync(SECOND, first);
    },
  },
  {
    what: "a checkpoint replaced by an earlier one, and the log cut to it",
    known: WITH_CHECKPOINTS,
    change() {
      editLines((lines) => lines.slice(0, 2));
      const notes = fs.readFileSync(CHECKPOINTS, "utf8").split(/(?<=\n)\n(?=\S+\/\d+\n)/);
      fs.writeFileSync(CHECKPOINTS, notes.slice(0, -1).join("\n"));
    },
  },
  {
    what: "a checkpoint changed",
    known: WITH_LOCAL_CHECKPOINTS,
    change(pick) {
      const bytes = fs.readFileSync(CHECKPOINTS);
      // The empty line at its end belongs to no checkpoint.
      bytes[pick(bytes.length - 1)]! ^= 1;
      fs.writeFileSync(CHECKPOINTS, bytes);
    },
  },
];

describe("tampering with the audit log", () => {
  it("is not seen where there is none", async (test) => {
    const folder = await signedLog(test);
    for (const known of [{}, WITH_ANCHORS, WITH_CHECKPOINTS, WITH_LOCAL_CHECKPOINTS]) {
      assert.deepEqual(await verdicts(folder, OPEN, known), [true, true], JSON.stringify(known));
    }
  });

  for (const { what, known, change } of TAMPERINGS) {
    it(`is found: ${what}`, async (test) => {
      const folder = await signedLog(test);
      fs.cpSync("log", "whole", { recursive: true });
      for (let run = 0; run < RUNS; run++) {
        const seed = Math.floor(Math.random() * 2 ** 31);
        change(pickerOf(seed));
        assert.deepEqual(await verdicts(folder, OPEN, known), [false, false], `seed ${seed}`);
        fs.rmSync("log", { recursive: true });
        fs.cpSync("whole", "log", { recursive: true });
      }
    });
  }
});

describe("the vectors of specs/verify", () => {
  const all = { key: "key.pub", checkpoints: "audit.checkpoints", anchors: "audit.anchor.jsonl" };

  it("hold for both verifiers", async (test) => {
    const folder = await copyOfVectors(test);
    assert.deepEqual(await verdicts(folder, "audit.jsonl", all), [true, true]);
    for (const proof of ["inclusion.json", "consistency.json"]) {
      assert.equal((await folder.run(`audit check-proof ${proof} --verifier-key key.pub`)).exitCode, 0);
      assert.equal((await standalone("proof", proof, "--key", "key.pub")).valid, true);
    }
  });

  it("are held against more anchors than a call takes arguments", async (test) => {
    await copyOfVectors(test);
    const published = (line: (number: number) => object) =>
      fs.writeFileSync(
        "many.jsonl",
        Array.from({ length: 250_000 }, (_, at) => `${JSON.stringify(line(at + 1_000))}\n`).join(""),
      );
    for (const line of [
      (sequence: number) => ({ sequence, eventHash: "A".repeat(43) }),
      (segment: number) => ({ segment, sequence: 1, eventHash: "A".repeat(43) }),
    ]) {
      published(line);
      const { reason } = await verifyAuditFile("audit.jsonl", { anchorPath: "many.jsonl" }).then(reasonOf);
      assert.match(reason, /^(?:segment 1: )?tail truncation: anchored up to (?:sequence|segment) 250999/);
      const other = await standalone("log", "audit.jsonl", "--anchors", "many.jsonl");
      assert.match(reasonOf(other).reason, /tail truncation: published up to (?:segment )?250999/);
    }
  });

  it("do not hold with any byte changed", async (test) => {
    const folder = await copyOfVectors(test);
    for (const path of ["audit.segment-000001.jsonl", "audit.jsonl", "audit.checkpoints"]) {
      const bytes = fs.readFileSync(path);
      // The last line of the file, and the empty one behind it, may have been cut by a crash.
      const places = Array.from({ length: bytes.length - (path === "audit.checkpoints" ? 2 : 0) }, (_, at) => at);
      for (const at of places.filter((place) => place % BYTE_STEP === 0 || bytes[place] === NEWLINE)) {
        fs.writeFileSync(path, bytes.with(at, bytes[at]! ^ (1 << (at % 8))));
        assert.deepEqual(await verdicts(folder, "audit.jsonl", all), [false, false], `${path} byte ${at}`);
      }
      fs.writeFileSync(path, bytes);
    }
  });

  it("do not hold with any line missing, doubled or moved", async (test) => {
    const folder = await copyOfVectors(test);
    for (const path of ["audit.jsonl", "audit.segment-000001.jsonl"]) {
      const lines = linesOf(path);
      for (let at = 0; at < lines.length; at++) {
        const next = (at + 1) % lines.length;
        for (const changed of [
          lines.toSpliced(at, 1),
          lines.toSpliced(at, 0, lines[at]!),
          lines.with(at, lines[next]!).with(next, lines[at]!),
        ]) {
          fs.writeFileSync(path, `${changed.join("\n")}\n`);
          assert.deepEqual(await verdicts(folder, "audit.jsonl", all), [false, false], `${path} line ${at + 1}`);
        }
      }
      fs.writeFileSync(path, `${lines.join("\n")}\n`);
    }
  });

  it("prove nothing with anything in them changed", async (test) => {
    const { run } = await copyOfVectors(test);
    for (const name of ["inclusion.json", "consistency.json"]) {
      const whole = fs.readFileSync(name, "utf8");
      const { verifierKey: _, ...bundle } = JSON.parse(whole);
      const texts = [...JSON.stringify(bundle).matchAll(/[A-Za-z0-9]{9}(?=[A-Za-z0-9+/]*=*"|\\n)/g)].map(
        ([text]) => text,
      );
      for (const text of new Set(texts)) {
        fs.writeFileSync(
          name,
          JSON.stringify(bundle).replace(
            text,
            text.replace(/./, (one) => (one === "A" ? "B" : "A")),
          ),
        );
        assert.equal((await run(`audit check-proof ${name} --verifier-key key.pub`)).exitCode, 4, text);
        assert.equal((await standalone("proof", name, "--key", "key.pub")).valid, false, text);
      }
      assert.ok(texts.length > 3);
    }
  });
});

/** A log of three segments with anchors and checkpoints, the newest of which are elsewhere too. */
async function signedLog(test: TestContext): Promise<CliFolder> {
  const folder = await cliFolder(test);
  const { run } = folder;
  const audit = { path: OPEN, anchor: { mode: "file", path: ANCHORS } };
  fs.writeFileSync("haechi.config.json", JSON.stringify({ mode: "enforce", audit }));
  await run("init");
  for (let segment = 1; segment <= 3; segment++) {
    if (segment > 1) await run("audit rotate");
    for (let count = 0; count < 2; count++) {
      await run("protect -", { stdin: '["minji.kim@example.org"]' });
      assert.equal((await run("audit checkpoint --directory elsewhere")).exitCode, 0);
    }
  }
  fs.copyFileSync(".haechi/audit-checkpoint.key.json.pub", "elsewhere/key.pub");
  return folder;
}

async function copyOfVectors(test: TestContext): Promise<CliFolder> {
  const folder = await cliFolder(test);
  fs.cpSync(VECTORS, ".", { recursive: true });
  return folder;
}

/** What Haechi and the standalone verifier say. */
async function verdicts({ run }: CliFolder, path: string, { key, checkpoints, anchors }: Known): Promise<boolean[]> {
  const own = [
    `audit-verify --audit ${path}`,
    ...(anchors === undefined ? [] : [`--anchor ${anchors}`]),
    ...(key === undefined ? [] : [`--checkpoints ${checkpoints} --verifier-key ${key}`]),
  ].join(" ");
  const options = Object.entries({ key, checkpoints, anchors }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  const { exitCode, stderr } = await run(own);
  assert.ok(exitCode === 0 || exitCode === 4, stderr);
  return [exitCode === 0, (await standalone("log", path, ...options)).valid];
}

async function standalone(...argv: string[]): Promise<{ readonly valid: boolean; readonly reason?: string }> {
  const { stdout } = await promisify(execFile)(process.execPath, [VERIFIER, ...argv]).catch((error) => {
    assert.equal(error.code, 4, error.stderr);
    return error;
  });
  return JSON.parse(stdout);
}

function reasonOf(verdict: { readonly valid: boolean; readonly reason?: string }): { readonly reason: string } {
  assert.equal(verdict.valid, false);
  return { reason: verdict.reason ?? "" };
}

const NEWLINE = 0x0a;

const linesOf = (path: string) => fs.readFileSync(path, "utf8").trimEnd().split("\n");

function editLines(edit: (lines: string[]) => string[]): void {
  fs.writeFileSync(OPEN, `${edit(linesOf(OPEN)).join("\n")}\n`);
}

/** What whoever can write the log can do: other entries, sealed anew. */
function writeAgain(lines: readonly string[]): void {
  let head: ChainHead | null = null;
  const written = lines.map((line) => {
    const { auditIntegrity: _, ...event } = JSON.parse(line);
    const link = readSegmentLink(line);
    const body = canonicalJson(event);
    const sealed = link === null ? sealEntry(body, head) : sealFirstEntry(body, link.number);
    head = sealed.head;
    return sealed.line;
  });
  fs.writeFileSync(OPEN, `${written.join("\n")}\n`);
}

/** Numbers below a limit, the same for the same seed. */
function pickerOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
