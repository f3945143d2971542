import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import fs from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { promisify } from "node:util";
import { sealEntry, sealFirstEntry } from "../../src/core/audit/entry-line.ts";
import { canonicalJson } from "../../src/core/crypto/canonical-json.ts";
import { type CliFolder, cliFolder } from "../support/run-cli.ts";

const VERIFIER = join(import.meta.dirname, "../../../../specs/verify/verify-audit.mjs");
const VECTORS = join(import.meta.dirname, "../../../../specs/verify/vectors");

const LOG = "audit.jsonl";
const CLOSED = "audit.segment-000001.jsonl";
const ANCHORS = "audit.anchor.jsonl";
const CHECKPOINTS = "audit.checkpoints";
const KEY = "key.pub";

/** What stands where a file should, and never ends or never begins. */
const NO_FILES: Readonly<Record<string, (path: string) => void>> = {
  "a pipe that nobody writes to": (path) => execFileSync("mkfifo", [path]),
  "a device without an end": (path) => fs.symlinkSync("/dev/zero", path),
  "a link to itself": (path) => fs.symlinkSync(path, path),
};

interface Line {
  readonly what: string;
  readonly change: (line: string) => string | Buffer;
  readonly reason: RegExp;
}

/** The same to a lenient reader, or more than it can take. */
const LINES: readonly Line[] = [
  { what: "two values", change: (line) => line + line, reason: /not JSON/ },
  { what: "nothing", change: () => "", reason: /not JSON/ },
  { what: "another value", change: () => "null", reason: /missing auditIntegrity/ },
  { what: "a carriage return", change: (line) => `${line}\r`, reason: /not canonical/ },
  { what: "a byte order mark", change: (line) => `\ufeff${line}`, reason: /not JSON/ },
  { what: "a NUL byte", change: (line) => `${line}\0`, reason: /not JSON/ },
  { what: "a second id", change: (line) => line.replace(/}$/, ',"id":"x"}'), reason: /not canonical/ },
  { what: "a number beyond all", change: (line) => line.replace(/}$/, ',"z":1e400}'), reason: /not canonical/ },
  {
    what: "another form of a number",
    change: (line) => line.replace('"sequence":2', '"sequence":2.0'),
    reason: /not canonical/,
  },
  {
    what: "half a character",
    change: (line) => Buffer.from(line.replace(/}$/, ',"z":"\xff"}'), "latin1"),
    reason: /not UTF-8|not JSON/,
  },
  {
    what: "a million brackets",
    change: (line) => line.replace(/}$/, `,"z":${"[".repeat(1e6)}${"]".repeat(1e6)}}`),
    reason: /not canonical|nested too deep/,
  },
  { what: "twenty million letters", change: () => "x".repeat(20e6), reason: /line too long/ },
];

describe("evidence that somebody made", () => {
  it("is refused by its name where it is no file: nobody waits for it, and nobody reads it for ever", async (test) => {
    const folder = await copyOfVectors(test);
    for (const [what, make] of Object.entries(NO_FILES)) {
      for (const path of [LOG, CLOSED, ANCHORS, CHECKPOINTS, KEY]) {
        const bytes = fs.readFileSync(path);
        fs.rmSync(path);
        make(path);
        const { own, other } = await verdicts(folder);
        // A link that leads nowhere is nothing, as far as the options are concerned.
        if (what !== "a link to itself") {
          for (const said of [own, other]) assert.match(said, named(path), `${what} as ${path}`);
        }
        fs.rmSync(path);
        fs.writeFileSync(path, bytes);
      }
    }
    fs.symlinkSync("nowhere", "audit.segment-000003.jsonl");
    const { own, other } = await verdicts(folder);
    assert.match(own, /segment 3 missing/);
    assert.match(other, /audit\.segment-000003\.jsonl/);
  });

  it("is refused with the number of the line, however it is written", async (test) => {
    const folder = await copyOfVectors(test);
    const lines = fs.readFileSync(CLOSED, "utf8").split("\n");
    for (const { what, change, reason } of LINES) {
      const changed = lines.map((line, at) => Buffer.from(at === 1 ? change(line) : line));
      fs.writeFileSync(CLOSED, Buffer.concat(changed.flatMap((line, at) => (at === 0 ? [line] : [NEWLINE, line]))));
      const { own, other } = await verdicts(folder);
      for (const said of [own, other]) {
        assert.match(said, reason, what);
        assert.match(said, /segment 1: .* at line 2\b/, what);
      }
    }
  });

  it("is refused where a line of the anchors is none, but for what a crash leaves of one", async (test) => {
    const folder = await copyOfVectors(test);
    const anchors = fs.readFileSync(ANCHORS, "utf8").split("\n");
    const withSecond = (line: string) => fs.writeFileSync(ANCHORS, anchors.with(1, line).join("\n"));
    for (const line of ["{}", "null", "anchor", "x".repeat(20e6), `\ufeff${anchors[1]}`]) {
      withSecond(line);
      const { own, other } = await verdicts(folder);
      for (const said of [own, other]) assert.match(said, /anchor file: no anchor at line 2/);
    }
    for (const line of ['{"eventHash":"to', "\0\0\0", ""]) {
      withSecond(line);
      assert.deepEqual(await verdicts(folder), { own: "", other: "" });
    }
  });

  it("is refused with the number of the checkpoint that is not signed", async (test) => {
    const folder = await copyOfVectors(test);
    const notes = fs.readFileSync(CHECKPOINTS, "utf8");
    for (const changed of [notes.replace("/2\n3\n", "/2\n3 \n"), notes.replace("/2\n3\n", "/2\n\x003\n")]) {
      assert.notEqual(changed, notes);
      fs.writeFileSync(CHECKPOINTS, changed);
      const { own, other } = await verdicts(folder);
      for (const said of [own, other]) assert.match(said, /checkpoint.*: number 3$/);
    }
  });

  it("is no log of a segment that cannot be, for either verifier", async (test) => {
    const folder = await copyOfVectors(test);
    fs.rmSync(CLOSED);
    for (const segment of [-3, 0, 1, 1.5, 2 ** 53, 1e300]) {
      const link = { number: segment, previousHash: "x", previousRecords: 1 };
      const first = sealFirstEntry(canonicalJson({ id: "a", segment: link }), segment);
      const expired = { decision: "segments_expired", id: "b", segment: link, timestamp: "2030-01-01T00:00:00.000Z" };
      fs.writeFileSync(LOG, `${first.line}\n${sealEntry(canonicalJson(expired), first.head).line}\n`);
      const { own, other } = await verdicts(folder, []);
      for (const said of [own, other]) assert.match(said, /missing auditIntegrity at line 1$/, String(segment));
    }
  });

  it("writes nothing to a terminal that the terminal would obey", async (test) => {
    const folder = await copyOfVectors(test);
    fs.rmSync(CLOSED);
    const link = { number: 2, previousHash: "x", previousRecords: 1 };
    const first = sealFirstEntry(canonicalJson({ id: "a", segment: link }), 2);
    const timestamp = "\u001b]0;title\u0007";
    const expired = { decision: "segments_expired", id: "b", segment: link, timestamp };
    fs.writeFileSync(LOG, `${first.line}\n${sealEntry(canonicalJson(expired), first.head).line}\n`);
    const { stdout, stderr } = await folder.run(`audit-verify --audit ${LOG}`, { isTerminal: true });
    assert.ok(!`${stdout}${stderr}`.includes("\u001b]"));
    // What JSON lets stand as it is: a control of eight bits, and letters that turn those behind them round.
    const lines = fs.readFileSync(join(VECTORS, LOG), "utf8");
    fs.writeFileSync(LOG, lines.replaceAll("}\n", ',"z":"\u009b31m\u202e"}\n'));
    for (const line of ["audit search", "audit tail"]) {
      const shown = await folder.run(`${line} --audit ${LOG}`, { isTerminal: true });
      assert.match(shown.stdout, /"z":"\ufffd31m\ufffd"/, line);
      const stored = await folder.run(`${line} --audit ${LOG}`);
      assert.match(stored.stdout, /"z":"\u009b31m\u202e"/, line);
    }
  });
});

describe("a log with a line that is too long", () => {
  it("is not read up to there as if that were all of it", async (test) => {
    const { run } = await copyOfVectors(test);
    const [first, ...others] = fs.readFileSync(LOG, "utf8").split("\n");
    fs.writeFileSync(LOG, [first, "x".repeat(20e6), ...others].join("\n"));
    const { id } = JSON.parse(others[0]!);
    fs.writeFileSync("haechi.config.json", JSON.stringify({ audit: { path: LOG } }));
    for (const line of [
      "report",
      "report --by day",
      "audit search",
      "audit tail",
      "audit tail --follow",
      "audit export --format cef",
      `audit prove --event ${id} --checkpoints ${CHECKPOINTS} --verifier-key ${KEY}`,
    ]) {
      const { exitCode, stderr } = await run(line);
      assert.notEqual(exitCode, 0, line);
      assert.match(stderr, /a line that is too long; haechi audit-verify says where$/m, line);
    }
  });
});

describe("a proof of a log that was changed", () => {
  it("is not made", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    for (let count = 0; count < 4; count++) await run("protect -", { stdin: '["minji.kim@example.org"]' });
    assert.equal((await run("audit checkpoint")).exitCode, 0);
    const log = fs.readFileSync(".haechi/audit.jsonl", "utf8");
    const { id } = JSON.parse(log.split("\n")[0]!);
    fs.writeFileSync(".haechi/audit.jsonl", log.replace(/"email":1(?=[^\n]*\n$)/, '"email":2'));
    const { exitCode, stdout, stderr } = await run(`audit prove --event ${id}`);
    assert.deepEqual([exitCode, stdout], [4, ""]);
    assert.match(stderr, /not what its checkpoints signed: inclusion does not hold/);
  });
});

const NEWLINE = Buffer.from("\n");

const named = (path: string) => new RegExp(`${path.replaceAll(".", "\\.")}(?: is|:) no regular file`);

async function copyOfVectors(test: TestContext): Promise<CliFolder> {
  const folder = await cliFolder(test);
  fs.cpSync(VECTORS, ".", { recursive: true });
  return folder;
}

interface Verdicts {
  /** Why Haechi refuses; empty when it does not. */
  readonly own: string;
  /** The same of the standalone verifier. */
  readonly other: string;
}

const HELD = [ANCHORS, CHECKPOINTS, KEY];

async function verdicts({ run }: CliFolder, held: readonly string[] = HELD): Promise<Verdicts> {
  const [anchors, checkpoints, key] = held;
  const options = held.length === 0 ? "" : `--anchor ${anchors} --checkpoints ${checkpoints} --verifier-key ${key}`;
  const { exitCode, stdout, stderr } = await run(`audit-verify --audit ${LOG} ${options}`);
  assert.ok([0, 2, 4].includes(exitCode), stderr);
  const others = held.length === 0 ? [] : ["--anchors", anchors!, "--checkpoints", checkpoints!, "--key", key!];
  const other = await promisify(execFile)(process.execPath, [VERIFIER, "log", LOG, ...others], {
    timeout: 60_000,
  }).catch((error) => {
    assert.equal(error.code, 4, error.stderr);
    return error;
  });
  const own = stderr === "" ? (JSON.parse(stdout).result.reason ?? "") : stderr.trimEnd();
  return { own, other: JSON.parse(other.stdout).reason ?? "" };
}
