import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { type CliFolder, cliFolder } from "../../../test/support/run-cli.ts";

async function configured(folder: CliFolder): Promise<void> {
  writeFileSync("haechi.config.json", JSON.stringify({ mode: "enforce", audit: { anchor: { mode: "file" } } }));
  await folder.run("init");
}

const protect = ({ run }: CliFolder) => run("protect -", { stdin: '["minji.kim@example.org"]' });
const closedIn = (stdout: string) => JSON.parse(stdout).closed;

describe("audit rotate", () => {
  it("closes the open segment, and all commands read all segments", async (test) => {
    const folder = await cliFolder(test);
    await configured(folder);
    await protect(folder);
    await protect(folder);
    const { exitCode, stdout } = await folder.run("audit rotate");
    assert.equal(exitCode, 0);
    const { number, records, path } = closedIn(stdout);
    assert.deepEqual([number, records, path], [1, 2, ".haechi/audit.segment-000001.jsonl"]);
    await protect(folder);

    const verified = await folder.run("audit-verify");
    assert.equal(verified.exitCode, 0, verified.stdout);
    const { result } = JSON.parse(verified.stdout);
    assert.deepEqual([result.records, result.segments, result.anchored], [4, 2, { count: 4, lastSequence: 2 }]);
    assert.equal((await folder.run(`audit-verify --audit ${path}`)).exitCode, 0);
    assert.deepEqual(JSON.parse((await folder.run("report")).stdout).summary.byType, { email: 3 });
    assert.equal((await folder.run("audit-verify --first-segment 2")).exitCode, 4);
  });

  it("closes nothing twice, and nothing where there is no log", async (test) => {
    const folder = await cliFolder(test);
    await configured(folder);
    assert.equal(closedIn((await folder.run("audit rotate")).stdout), null);
    await protect(folder);
    assert.notEqual(closedIn((await folder.run("audit rotate")).stdout), null);
    assert.equal(closedIn((await folder.run("audit rotate")).stdout), null);
  });

  it("leaves a segment open that is neither long nor of an earlier day", async (test) => {
    const folder = await cliFolder(test);
    await configured(folder);
    await protect(folder);
    const before = readFileSync(".haechi/audit.jsonl", "utf8");
    assert.equal(closedIn((await folder.run("audit rotate --max-bytes 100000 --daily")).stdout), null);
    assert.equal(readFileSync(".haechi/audit.jsonl", "utf8"), before);
    assert.equal(closedIn((await folder.run("audit rotate --max-bytes 10")).stdout).number, 1);
    assert.ok(existsSync(".haechi/audit.segment-000001.jsonl"));
  });

  it("refuses a size that is no number", async (test) => {
    const folder = await cliFolder(test);
    await configured(folder);
    assert.equal((await folder.run("audit rotate --max-bytes 5M")).exitCode, 2);
  });
});
