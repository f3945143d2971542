import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { cliFolder } from "../support/run-cli.ts";

const EMAIL = "minji.kim@example.org";
const CARD = `4111${"1".repeat(12)}`;
const enforce = { environment: { HAECHI_MODE: "enforce" } };

describe("protect", () => {
  it("writes what would leave in place of a document", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    writeFileSync("request.json", JSON.stringify({ messages: [{ role: "user", content: `write to ${EMAIL}` }] }));
    const { exitCode, stdout, stderr } = await run("protect request.json", enforce);
    assert.equal(exitCode, 0);
    assert.equal(stderr, "");
    const { auditId, warnings, ...outcome } = JSON.parse(stdout);
    assert.deepEqual(outcome, {
      ok: true,
      mode: "enforce",
      enforced: true,
      blocked: false,
      summary: { detectionCount: 1, byType: { email: 1 }, byAction: { redact: 1 } },
      payload: { messages: [{ role: "user", content: "write to [REDACTED:email]" }] },
    });
    assert.ok(readFileSync(".haechi/audit.jsonl", "utf8").includes(auditId));
    assert.ok(!stdout.includes(EMAIL));
  });

  it("exits 3 for a document that the policy blocks, and gives nothing of it away", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    for (const isTerminal of [false, true]) {
      const { exitCode, stdout, stderr } = await run("protect -", {
        ...enforce,
        stdin: JSON.stringify({ card: CARD, mail: EMAIL }),
        isTerminal,
      });
      assert.equal(exitCode, 3);
      assert.ok(![CARD, EMAIL].some((secret) => `${stdout}${stderr}`.includes(secret)));
      if (!isTerminal) {
        const { ok, blocked, payload } = JSON.parse(stdout);
        assert.deepEqual({ ok, blocked, payload }, { ok: false, blocked: true, payload: null });
      }
    }
  });

  it("changes nothing in dry-run, and says what it found", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    const document = { card: CARD, n: 1 };
    const { exitCode, stdout } = await run("protect -", { stdin: JSON.stringify(document) });
    assert.equal(exitCode, 0);
    const { enforced, payload, summary, warnings } = JSON.parse(stdout);
    assert.deepEqual({ enforced, payload }, { enforced: false, payload: document });
    assert.equal(summary.byAction.block, 1);
    assert.match(warnings[0], /^mode is dry-run/);
  });

  it("keeps numbers that a double cannot hold", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    const { stdout } = await run("protect -", { stdin: '{"big":900719925474099312,"exact":1.50}' });
    assert.match(stdout, /"big": 900719925474099312,\n\s+"exact": 1\.50\n/);
  });

  it("takes plain text when it is told to, and only then", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    const text = `Ask ${EMAIL}.\nThen "wait".\n`;
    const { exitCode, stdout } = await run("protect --text -", { ...enforce, stdin: text });
    assert.equal(exitCode, 0);
    assert.equal(JSON.parse(stdout).payload, 'Ask [REDACTED:email].\nThen "wait".\n');
    const refused = await run("protect -", { ...enforce, stdin: text });
    assert.equal(refused.exitCode, 1);
    assert.match(refused.stderr, /^haechi: /);
    assert.ok(!refused.stderr.includes(EMAIL));
  });

  it("refuses input that is no UTF-8, that is empty, and a folder", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    writeFileSync("latin1.txt", Buffer.from([0x61, 0xe9]));
    for (const line of ["protect latin1.txt", "protect --text latin1.txt", "protect -", "protect ."]) {
      const { exitCode, stdout, stderr } = await run(line);
      assert.equal(exitCode, 1, line);
      assert.equal(stdout, "");
      assert.match(stderr, /^haechi: .+\n$/);
    }
  });

  it("says what to do when there is no key yet", async (test) => {
    const { run } = await cliFolder(test);
    writeFileSync("haechi.config.json", "{}");
    const { exitCode, stderr } = await run("protect -", { stdin: "{}" });
    assert.equal(exitCode, 1);
    assert.match(stderr, /haechi init/);
  });

  it("shows a person the result without commands for the terminal", async (test) => {
    const { run } = await cliFolder(test);
    await run("init");
    const { stdout } = await run("protect --text - --no-color", {
      ...enforce,
      isTerminal: true,
      stdin: "\u001b[2Jplain\nline",
    });
    assert.match(stdout, /^Nothing found\.\n\n�\[2Jplain\nline\n$/);
  });
});
