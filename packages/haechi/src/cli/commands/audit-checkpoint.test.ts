import assert from "node:assert/strict";
import { once } from "node:events";
import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { type CliFolder, cliFolder, startCli } from "../../../test/support/run-cli.ts";
import { decodeBase64 } from "../../core/audit/base64.ts";
import { parseCheckpoint } from "../../core/audit/checkpoint.ts";
import { verifyConsistency } from "../../core/audit/merkle-proof.ts";
import { parseNote, parseNoteKey } from "../../core/audit/signed-note.ts";
import { isSignedBy } from "../../providers/checkpoints/note-signer.ts";

const AUDIT = ".haechi/audit.jsonl";
const CHECKPOINTS = ".haechi/audit.checkpoints";
const KEY = ".haechi/audit-checkpoint.key.json";
const VERIFY = `audit-verify --audit ${AUDIT} --checkpoints ${CHECKPOINTS} --verifier-key ${KEY}.pub`;

async function logOf(test: TestContext, events: number): Promise<CliFolder> {
  const folder = await cliFolder(test);
  await folder.run("init");
  await protect(folder, events);
  return folder;
}

async function protect({ run }: CliFolder, events: number): Promise<void> {
  for (let count = 0; count < events; count++) await run("protect -", { stdin: '["minji.kim@example.org"]' });
}

async function signedSizes({ run }: CliFolder, options = ""): Promise<readonly (readonly [number, number])[]> {
  const { exitCode, stdout, stderr } = await run(`audit checkpoint ${options}`);
  assert.equal(exitCode, 0, stderr);
  return JSON.parse(stdout).checkpoints.map(({ segment, size }: { segment: number; size: number }) => [segment, size]);
}

const linesOf = (path: string) => readFileSync(path, "utf8").trimEnd().split("\n");

describe("audit checkpoint", () => {
  it("signs what is new, and the end of every closed segment", async (test) => {
    const folder = await logOf(test, 2);
    assert.deepEqual(await signedSizes(folder), [[1, 2]]);
    assert.deepEqual(await signedSizes(folder), []);
    await protect(folder, 1);
    await folder.run("audit rotate");
    await protect(folder, 1);
    await folder.run("audit rotate");
    assert.deepEqual(await signedSizes(folder), [
      [1, 3],
      [2, 2],
      [3, 1],
    ]);
    const { exitCode, stdout } = await folder.run(VERIFY);
    assert.equal(exitCode, 0, stdout);
    assert.equal(JSON.parse(stdout).result.checkpoints, 4);
    for (const path of [KEY, CHECKPOINTS]) assert.equal(statSync(path).mode & 0o777, 0o600);
  });

  it("writes notes that anybody can check with the key for verifiers", async (test) => {
    const folder = await logOf(test, 1);
    const { stdout } = await folder.run("audit checkpoint --name example.org/gateway-1");
    const { verifierKey, checkpoints } = JSON.parse(stdout);
    assert.match(verifierKey, /^example\.org\/gateway-1\+[0-9a-f]{8}\+/);
    assert.equal(readFileSync(`${KEY}.pub`, "utf8"), `${verifierKey}\n`);
    const note = parseNote(checkpoints[0].note)!;
    assert.match(note.text, /^example\.org\/gateway-1\/1\n1\n\S{44}\n$/);
    assert.ok(isSignedBy(note, parseNoteKey(verifierKey)!));
    assert.ok(!isSignedBy({ ...note, text: note.text.replace("\n1\n", "\n2\n") }, parseNoteKey(verifierKey)!));
  });

  it("signs nothing that does not go on from what it signed", async (test) => {
    const folder = await logOf(test, 3);
    await signedSizes(folder);
    const whole = readFileSync(AUDIT, "utf8");
    const changes: readonly (() => void)[] = [
      () => writeFileSync(AUDIT, `${linesOf(AUDIT).slice(0, 2).join("\n")}\n`),
      () => writeFileSync(AUDIT, ""),
      () => rmSync(AUDIT),
      () => writeFileSync(AUDIT, whole.replace('"email":1', '"email":2')),
    ];
    for (const change of changes) {
      change();
      const { exitCode } = await folder.run("audit checkpoint");
      assert.equal(exitCode, 4, String(change));
      assert.equal((await folder.run(VERIFY)).exitCode, 4, String(change));
      writeFileSync(AUDIT, whole);
    }
    assert.equal((await folder.run(VERIFY)).exitCode, 0);
  });

  it("makes a log that was written again with hashes that fit show", async (test) => {
    const folder = await logOf(test, 3);
    await signedSizes(folder);
    renameSync(AUDIT, "elsewhere");
    await protect(folder, 3);
    assert.equal((await folder.run(`audit-verify --audit ${AUDIT}`)).exitCode, 0);
    const { exitCode, stdout } = await folder.run(VERIFY);
    assert.equal(exitCode, 4);
    assert.equal(JSON.parse(stdout).result.reason, "checkpoint mismatch at size 3");
    assert.equal((await folder.run("audit checkpoint")).exitCode, 4);
  });

  it("does not take checkpoints of another key, an empty file of them, or a new key over old ones", async (test) => {
    const folder = await logOf(test, 1);
    await signedSizes(folder);
    await folder.run("audit checkpoint --key other.json --checkpoints other.checkpoints");
    const wrongKey = VERIFY.replace(`${KEY}.pub`, "other.json.pub");
    assert.equal((await folder.run(wrongKey)).exitCode, 4);
    const before = readFileSync(CHECKPOINTS);
    writeFileSync(CHECKPOINTS, "");
    assert.equal((await folder.run(VERIFY)).exitCode, 4);
    writeFileSync(CHECKPOINTS, before);
    rmSync(KEY);
    assert.equal((await folder.run("audit checkpoint")).exitCode, 1);
  });

  it("goes on behind a checkpoint that a crash cut, wherever it was cut", async (test) => {
    const folder = await logOf(test, 1);
    await signedSizes(folder);
    const first = readFileSync(CHECKPOINTS);
    for (let length = 1; length < first.length; length += 7) {
      writeFileSync(CHECKPOINTS, Buffer.concat([first, first.subarray(0, length)]));
      assert.equal((await folder.run(VERIFY)).exitCode, 0, `cut at ${length}`);
    }
    await protect(folder, 1);
    assert.deepEqual(await signedSizes(folder), [[1, 2]]);
    assert.equal(JSON.parse((await folder.run(VERIFY)).stdout).result.checkpoints, 2);
  });

  it("keeps the newest in a folder, which does not go back", async (test) => {
    const folder = await logOf(test, 2);
    await signedSizes(folder, "--directory elsewhere");
    const kept = () => parseCheckpoint(parseNote(readFileSync("elsewhere/segment-000001.checkpoint", "utf8"))!.text)!;
    assert.equal(kept().size, 2);
    await protect(folder, 1);
    await signedSizes(folder, "--directory elsewhere");
    assert.equal(kept().size, 3);
    const verify = VERIFY.replace(CHECKPOINTS, "elsewhere");
    assert.equal((await folder.run(verify)).exitCode, 0);
    // Whoever has the machine and the key writes log and checkpoints again; the folder is elsewhere.
    rmSync(AUDIT);
    rmSync(CHECKPOINTS);
    await protect(folder, 2);
    const { exitCode, stderr } = await folder.run("audit checkpoint --directory elsewhere");
    assert.deepEqual([exitCode, existsSync(CHECKPOINTS)], [4, false], stderr);
    await protect(folder, 2);
    assert.equal((await folder.run("audit checkpoint --directory elsewhere")).exitCode, 4);
    assert.equal((await folder.run(verify)).exitCode, 4);
  });

  it("asks a witness, which sees only what goes on, and keeps its signature", async (test) => {
    const folder = await logOf(test, 2);
    const witness = await startWitness(test);
    await signedSizes(folder, `--witness ${witness.url}`);
    await protect(folder, 3);
    assert.deepEqual(await signedSizes(folder, `--witness ${witness.url}`), [[1, 5]]);
    assert.deepEqual(
      [...witness.seen.values()].map(({ size }) => size),
      [5],
    );
    assert.match(readFileSync(CHECKPOINTS, "utf8"), /\u2014 witness\.example\/w1 \S+\n/);
    assert.equal((await folder.run(VERIFY)).exitCode, 0);
    rmSync(CHECKPOINTS);
    rmSync(AUDIT);
    await protect(folder, 6);
    assert.equal((await folder.run(`audit checkpoint --witness ${witness.url}`)).exitCode, 4);
  });

  it("keeps its own checkpoint when a witness is away, and says so", async (test) => {
    const folder = await logOf(test, 1);
    const { exitCode, stderr } = await folder.run("audit checkpoint --witness http://127.0.0.1:1/");
    assert.deepEqual([exitCode, stderr], [1, "haechi: The witness cannot be reached\n"]);
    assert.equal((await folder.run(VERIFY)).exitCode, 0);
  });

  it("signs beside a gateway until it is told to stop", async (test) => {
    const folder = await logOf(test, 1);
    const { outputMatching, child, ended } = startCli(test, folder.path, [
      ..."audit checkpoint --stdout --every-seconds 3600 --every-records 2".split(" "),
    ]);
    await outputMatching(/\/1\n1\n/);
    await protect(folder, 2);
    await outputMatching(/\/1\n3\n/);
    await protect(folder, 1);
    await folder.run("audit rotate");
    await outputMatching(/\/1\n4\n/);
    child.kill("SIGTERM");
    const { exitCode, stderr } = await ended;
    assert.equal(exitCode, 0, stderr);
    assert.equal((await folder.run(VERIFY)).exitCode, 0);
    // What was there when it was told to stop is signed too.
    assert.match(readFileSync(CHECKPOINTS, "utf8"), /\/2\n1\n/);
  });

  it("waits for no line to become whole", async (test) => {
    const folder = await logOf(test, 2);
    appendFileSync(AUDIT, '{"half');
    assert.deepEqual(await signedSizes(folder), [[1, 2]]);
  });

  it("refuses options that do not fit", async (test) => {
    const { run } = await logOf(test, 1);
    for (const options of ["--every-records 5", "--witness ftp://a.example", "--name a+b"]) {
      assert.equal((await run(`audit checkpoint ${options}`)).exitCode, 2, options);
    }
    assert.equal((await run(`audit-verify --checkpoints ${CHECKPOINTS}`)).exitCode, 2);
  });
});

/** A witness of https://c2sp.org/tlog-witness that trusts everybody and signs with a made-up signature. */
async function startWitness(test: TestContext) {
  const seen = new Map<string, { size: number; root: Uint8Array }>();
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const body = Buffer.concat(pieces).toString("utf8");
    const [head = ""] = body.split("\n\n", 1);
    const [old = "", ...proof] = head.split("\n");
    const note = parseNote(body.slice(head.length + 2));
    const checkpoint = note === null ? null : parseCheckpoint(note.text);
    if (note === null || checkpoint === null || request.url !== "/w/add-checkpoint") {
      response.writeHead(400).end();
      return;
    }
    const origin = note.text.split("\n")[0]!;
    const known = seen.get(origin);
    const oldSize = Number(old.slice("old ".length));
    if (oldSize !== (known?.size ?? 0)) {
      response.writeHead(409, { "content-type": "text/x.tlog.size" }).end(`${known?.size ?? 0}\n`);
      return;
    }
    const hashes = proof.map((line) => decodeBase64(line)!);
    const goesOn =
      known === undefined || verifyConsistency({ ...checkpoint, oldSize, oldRoot: known.root, proof: hashes });
    if (!goesOn) {
      response.writeHead(422).end();
      return;
    }
    seen.set(origin, checkpoint);
    response.end(`\u2014 witness.example/w1 ${Buffer.alloc(76, 1).toString("base64")}\n`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => server.close());
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/w/` };
}
