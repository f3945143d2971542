import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { describe, it, type TestContext } from "node:test";
import { type CliFolder, cliFolder } from "../../../test/support/run-cli.ts";

const KEY = ".haechi/audit-checkpoint.key.json.pub";

/** A log of two segments, with checkpoints while they grew. */
async function signedLog(test: TestContext): Promise<CliFolder> {
  const folder = await cliFolder(test);
  await folder.run("init");
  for (let count = 1; count <= 9; count++) {
    await folder.run("protect -", { stdin: '["minji.kim@example.org"]' });
    if (count === 5) await folder.run("audit rotate");
    if (count % 2 === 1) assert.equal((await folder.run("audit checkpoint")).exitCode, 0);
  }
  return folder;
}

function entries(): { id: string; decision?: string }[] {
  const files = [".haechi/audit.segment-000001.jsonl", ".haechi/audit.jsonl"];
  const lines = files.flatMap((file) => readFileSync(file, "utf8").trimEnd().split("\n"));
  return lines.map((line) => JSON.parse(line));
}

describe("audit prove", () => {
  it("proves every entry of every segment, to somebody who has nothing but the key", async (test) => {
    const { run } = await signedLog(test);
    const all = entries();
    assert.equal(all.length, 10);
    const proofs = [];
    for (const { id } of all) {
      const { exitCode, stdout, stderr } = await run(`audit prove --event ${id}`);
      assert.equal(exitCode, 0, stderr);
      proofs.push(stdout);
    }
    writeFileSync("key.pub", readFileSync(KEY));
    rmSync(".haechi", { recursive: true });
    for (const [at, stdin] of proofs.entries()) {
      const { exitCode, stdout } = await run("audit check-proof - --verifier-key key.pub", { stdin });
      const { ok, result } = JSON.parse(stdout);
      assert.deepEqual([exitCode, ok, result.proves, result.entry.id], [0, true, "inclusion", all[at]!.id]);
    }
  });

  it("proves that one checkpoint goes on from another", async (test) => {
    const { run } = await signedLog(test);
    for (const options of ["--from 1 --to 5", "--from 3", "--from 2 --to 5 --segment 2"]) {
      const { exitCode, stdout, stderr } = await run(`audit prove ${options}`);
      if (options.includes("--from 2")) {
        assert.deepEqual([exitCode, stderr], [1, "haechi: there is no checkpoint of that size\n"]);
        continue;
      }
      assert.equal(exitCode, 0, stderr);
      const checked = await run(`audit check-proof - --verifier-key ${KEY}`, { stdin: stdout });
      assert.equal(checked.exitCode, 0, checked.stdout);
      assert.deepEqual(JSON.parse(checked.stdout).result, { valid: true, proves: "consistency", segment: 1, size: 5 });
    }
  });

  it("makes proofs that hold for nothing else", async (test) => {
    const { run } = await signedLog(test);
    const [first, second] = entries();
    const proof = JSON.parse((await run(`audit prove --event ${first!.id}`)).stdout);
    const other = JSON.parse((await run(`audit prove --event ${second!.id}`)).stdout);
    const consistency = JSON.parse((await run("audit prove --from 1 --to 5")).stdout);
    await run("audit checkpoint --key other.json --checkpoints other");
    const changes: Record<string, unknown> = {
      "another line": { ...proof, line: other.line },
      "a changed line": { ...proof, line: proof.line.replace('"email":1', '"email":2') },
      "a space more": { ...proof, line: `${proof.line} ` },
      "another index": { ...proof, index: 1 },
      "another proof": { ...proof, inclusion: other.inclusion },
      "a checkpoint of another size": { ...proof, checkpoint: proof.checkpoint.replace("\n1\n", "\n2\n") },
      "a checkpoint without signature": { ...proof, checkpoint: proof.checkpoint.split("\u2014")[0] },
      "a later checkpoint that does not follow": {
        ...proof,
        later: { ...proof.later, consistency: proof.later.consistency.slice(1) },
      },
      "a log that shrank": { ...consistency, old: consistency.new, new: consistency.old },
      "another format": { ...proof, format: "haechi-audit-inclusion/2" },
      "no object": [proof],
    };
    for (const [what, changed] of Object.entries(changes)) {
      const { exitCode, stdout } = await run(`audit check-proof - --verifier-key ${KEY}`, {
        stdin: JSON.stringify(changed),
      });
      assert.deepEqual([exitCode, JSON.parse(stdout).ok], [4, false], what);
    }
    const stdin = JSON.stringify(proof);
    assert.equal((await run("audit check-proof - --verifier-key other.json.pub", { stdin })).exitCode, 4);
    assert.equal((await run(`audit check-proof - --verifier-key ${KEY}`, { stdin: "{" })).exitCode, 4);
    assert.equal((await run("audit check-proof -", { stdin })).exitCode, 2);
  });

  it("says what is missing", async (test) => {
    const { run } = await signedLog(test);
    await run("protect -", { stdin: "[]" });
    const newest = entries().at(-1)!.id;
    for (const [options, message] of [
      ["--event 00000000-0000-4000-8000-000000000000", "there is no entry of that event in the log"],
      [`--event ${newest}`, "no checkpoint covers that entry yet; haechi audit checkpoint makes one"],
    ] as const) {
      const { exitCode, stderr } = await run(`audit prove ${options}`);
      assert.deepEqual([exitCode, stderr], [1, `haechi: ${message}\n`]);
    }
    assert.equal((await run("audit prove")).exitCode, 2);
  });
});
