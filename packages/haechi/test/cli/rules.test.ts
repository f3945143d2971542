import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { describe, it } from "node:test";
import { builtInDetectors } from "../../src/core/detect/registry.ts";
import { cliFolder } from "../support/run-cli.ts";

const rule = { id: "employee-number", type: "employee_number", pattern: "EMP-[0-9]{6}" };

describe("rules list", () => {
  it("lists the built-in rules and those of the configuration", async (test) => {
    const { run } = await cliFolder(test);
    writeFileSync("haechi.config.json", JSON.stringify({ filters: { customRules: [rule] } }));
    const { exitCode, stdout } = await run("rules list");
    assert.equal(exitCode, 0);
    const { rules } = JSON.parse(stdout);
    assert.equal(rules.length, builtInDetectors.length + 1);
    assert.deepEqual(rules.at(-1), {
      id: "employee-number",
      type: "employee_number",
      confidence: 0.7,
      direction: "both",
      source: "custom",
      hardBlock: false,
    });
  });

  it("lists those of one type", async (test) => {
    const { run } = await cliFolder(test);
    const { rules } = JSON.parse((await run("rules list --type card")).stdout);
    assert.ok(rules.length > 0);
    for (const { type, hardBlock } of rules) assert.deepEqual([type, hardBlock], ["card", true]);
  });
});

describe("rules check", () => {
  it("says how each rule of the configuration is run", async (test) => {
    const { run } = await cliFolder(test);
    const anywhere = { id: "digits", type: "pin", pattern: "[0-9]{4}[a-z]{2}" };
    const unbounded = { id: "quoted", type: "quote", pattern: "'[^']*'" };
    writeFileSync("haechi.config.json", JSON.stringify({ filters: { customRules: [rule, anywhere, unbounded] } }));
    const { exitCode, stdout } = await run("rules check");
    assert.equal(exitCode, 0);
    const { ok, rules } = JSON.parse(stdout);
    assert.equal(ok, true);
    assert.deepEqual(
      rules.map(({ id, kind }: { id: string; kind: string }) => [id, kind]),
      [
        ["employee-number", "anchored"],
        ["digits", "unanchored"],
        ["quoted", "linear"],
      ],
    );
  });

  it("says why a pattern is refused", async (test) => {
    const { run } = await cliFolder(test);
    const { exitCode, stdout } = await run("rules check --pattern (a+)+");
    assert.equal(exitCode, 1);
    const { ok, rules } = JSON.parse(stdout);
    assert.equal(ok, false);
    assert.match(rules[0].reason, /repeats a group that itself repeats/);
  });

  it("tells a person the same", async (test) => {
    const { run } = await cliFolder(test);
    const { stdout } = await run("rules check --pattern EMP-[0-9]{6}", { isTerminal: true });
    assert.match(stdout, /accepted/);
  });
});

describe("rules test", () => {
  it("shows what is found in a text, and where", async (test) => {
    const { run } = await cliFolder(test);
    writeFileSync("haechi.config.json", JSON.stringify({ filters: { customRules: [rule] } }));
    writeFileSync("notes.txt", "first line\nask EMP-123456 or jane@example.com\n");
    const { exitCode, stdout } = await run("rules test notes.txt");
    assert.equal(exitCode, 0);
    assert.deepEqual(
      JSON.parse(stdout).findings.map(({ ruleId, start, value }: Record<string, unknown>) => [ruleId, start, value]),
      [
        ["employee-number", 15, "EMP-123456"],
        ["email", 29, "jane@example.com"],
      ],
    );
    const seen = (await run("rules test notes.txt", { isTerminal: true })).stdout;
    assert.match(seen, /2 +5 +employee_number +employee-number +0\.7 +EMP-123456/);
  });

  it("runs only the rules that are named, and knows all of them", async (test) => {
    const { run } = await cliFolder(test);
    const stdin = "jane@example.com 010-2345-6789";
    const { findings } = JSON.parse((await run("rules test - --rule email", { stdin })).stdout);
    assert.equal(findings.length, 1);
    assert.equal((await run("rules test - --rule emial", { stdin })).exitCode, 2);
  });

  it("takes a JSON key for evidence", async (test) => {
    const { run } = await cliFolder(test);
    const stdin = "S3cr3tV4lue99x";
    assert.deepEqual(JSON.parse((await run("rules test -", { stdin })).stdout), { findings: [] });
    const { findings } = JSON.parse((await run("rules test - --key password", { stdin })).stdout);
    assert.equal(findings[0].type, "secret");
  });
});
