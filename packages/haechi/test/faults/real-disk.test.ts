import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { startHaechiProcess } from "../support/haechi-process.ts";
import { numberedRequest } from "../support/numbered-requests.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { type CliRun, startCli } from "../support/run-cli.ts";
import { canMount, type SmallDisk, smallDisk } from "../support/small-disk.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { evidenceConfig, forwardedRequest } from "./check-evidence.ts";

const BURST = 24;
const DISK_BYTES = 3 * 1024 * 1024;

describe("a real file system", { skip: canMount() ? false : "needs the right to mount one" }, () => {
  it("that is full lets nothing out without its record, fails every command that needs room, and is forgotten once there is some", async (test) => {
    const { disk, upstream, config, haechi, commands } = await onSmallDisk(test);
    const backup = `vault backup ${join(disk.path, "backup.sqlite")}`;
    const gateway = await haechi();
    const told = { answered: [] as number[], said: [] as string[] };
    let number = 0;
    const burst = async (): Promise<number[]> => {
      const replies = Array.from({ length: BURST }, async () => {
        number += 1;
        const asked = number;
        const reply = await fetch(`${gateway.url}/v1/chat/completions`, numberedRequest(asked));
        await reply.arrayBuffer();
        if (reply.status === 200) told.answered.push(asked);
        return reply.status;
      });
      return [...new Set(await Promise.all(replies))].sort();
    };
    const ready = async () => (await fetch(`${gateway.url}/__haechi/ready`)).status;
    const work = async (...lines: string[]) => {
      for (const { line, exitCode, stdout, stderr } of await commands(...lines)) {
        assert.equal(exitCode, 0, `${line}: ${stderr}`);
        told.said.push(stdout);
      }
    };
    assert.deepEqual(await burst(), [200]);
    await work("audit checkpoint");

    for (const roomBytes of [4096, 40_960]) {
      disk.leaveRoom(roomBytes);
      const statuses = await burst();
      assert.ok(
        statuses.every((status) => status === 200 || status === 503),
        `${statuses} with room for ${roomBytes}`,
      );
      disk.makeRoom();
      disk.leaveRoom(0);
      await burst();
      const forwarded = upstream.requests.length;
      assert.deepEqual(await burst(), [503]);
      assert.equal(upstream.requests.length, forwarded);
      assert.equal(await ready(), 503);
      assert.equal((await fetch(`${gateway.url}/__haechi/live`)).status, 200);
      const names = namesIn(disk);
      for (const { line, exitCode, stderr } of await commands("audit rotate", "keys rotate", backup)) {
        assert.notEqual(exitCode, 0, line);
        assert.match(stderr, /^haechi: /m);
      }
      assert.deepEqual(namesIn(disk), names);

      disk.makeRoom();
      assert.equal(await ready(), 200);
      assert.deepEqual(await burst(), [200]);
      // In this order, so that the open segment holds something that the next "audit rotate" has to move.
      await work("audit rotate", "keys rotate", "audit checkpoint");
    }
    await work(backup);
    const forwarded = upstream.requests.map(({ body }) => forwardedRequest(body.toString("utf8")));
    await runOn(disk, "check-evidence-here.ts", { folder: disk.path, config, told: { ...told, forwarded } });
  });

  it("that is read-only serves nobody and can be read by an auditor", async (test) => {
    const { disk, upstream, haechi, commands, configPath } = await onSmallDisk(test);
    const gateway = await haechi();
    assert.equal((await fetch(`${gateway.url}/v1/chat/completions`, numberedRequest(1))).status, 200);
    await gateway.kill();
    assert.equal((await commands("audit checkpoint"))[0]!.exitCode, 0);
    disk.makeReadOnly();
    const names = namesIn(disk);

    const { exitCode, stderr } = await startCli(test, disk.path, ["proxy", "--config", configPath], {}, disk.under)
      .ended;
    assert.notEqual(exitCode, 0);
    assert.match(stderr, /^haechi: /m);
    assert.equal(upstream.requests.length, 1);
    const changes = ["keys rotate", "audit rotate"];
    const readings = ["audit-verify", "audit search", "audit tail", "report", "keys list"];
    for (const { line, exitCode, stderr } of await commands(...changes, ...readings)) {
      assert.equal(exitCode === 0, readings.includes(line), `${line}: ${stderr}`);
    }
    assert.deepEqual(namesIn(disk), names);
  });
});

/** A gateway with all its state on a disk of its own, and commands on the same. */
async function onSmallDisk(test: TestContext) {
  const disk = await smallDisk(test, DISK_BYTES);
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
  const folder = await tempFolder(test);
  const config = evidenceConfig(disk.path, upstream.url);
  const configPath = join(folder, "haechi.config.json");
  writeFileSync(configPath, JSON.stringify(config));
  return {
    disk,
    upstream,
    config,
    configPath,
    haechi: () => startHaechiProcess(test, folder, config, disk.under),
    commands: async (...lines: string[]): Promise<(CliRun & { line: string })[]> =>
      JSON.parse(await runOn(disk, "run-commands.ts", { lines, configPath })),
  };
}

/** What a program of this folder prints that sees the disk. */
function runOn({ under }: SmallDisk, program: string, input: object): Promise<string> {
  const words = [...under, process.execPath, join(import.meta.dirname, program)];
  return new Promise((resolve, reject) => {
    const child = execFile(words[0]!, words.slice(1), (error, stdout, stderr) => {
      if (error) reject(new Error(stderr));
      else resolve(stdout);
    });
    child.stdin!.end(JSON.stringify(input));
  });
}

function namesIn(disk: SmallDisk): readonly string[] {
  return readdirSync(disk.inside("."), { recursive: true }).map(String).sort();
}
