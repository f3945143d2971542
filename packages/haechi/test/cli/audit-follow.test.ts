import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cliFolder, startCli } from "../support/run-cli.ts";

describe("audit tail --follow", () => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`shows the newest entries, then those that come in every segment, and ends with 0 on ${signal}`, async (test) => {
      const folder = await cliFolder(test);
      await folder.run("init");
      const protect = async () => {
        const { stdout } = await folder.run("protect -", { stdin: '["minji.kim@example.org"]' });
        return String(JSON.parse(stdout).auditId);
      };
      const ids = [await protect(), await protect()];
      const tail = startCli(test, folder.path, ["audit", "tail", "--follow", "--lines", "1", "--type", "email"]);
      await tail.outputMatching(new RegExp(ids[1]!));
      for (let round = 0; round < 3; round++) {
        ids.push(await protect());
        await folder.run("audit rotate");
      }
      ids.push(await protect());
      await tail.outputMatching(new RegExp(ids.at(-1)!));
      tail.child.kill(signal);
      const { exitCode, stdout, stderr } = await tail.ended;
      assert.deepEqual([exitCode, stderr], [0, ""]);
      const shown = stdout.trimEnd().split("\n");
      assert.deepEqual(
        shown.map((line) => JSON.parse(line).id),
        ids.slice(1),
      );
    });
  }

  it("ends when nobody reads any more", async (test) => {
    const folder = await cliFolder(test);
    await folder.run("init");
    await folder.run("protect -", { stdin: '["minji.kim@example.org"]' });
    const tail = startCli(test, folder.path, ["audit", "tail", "--follow"]);
    await tail.outputMatching(/email/);
    tail.child.stdout!.destroy();
    while (tail.child.exitCode === null) await folder.run("protect -", { stdin: '["minji.kim@example.org"]' });
    assert.equal(tail.child.exitCode, 0);
  });
});
