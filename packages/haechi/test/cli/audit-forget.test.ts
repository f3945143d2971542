import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { readMarkdown } from "../support/markdown.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { cliFolder, startCli } from "../support/run-cli.ts";

const GUIDE = join(import.meta.dirname, "../../../../docs/guides/forgetting-a-person.md");

/** A gateway as the guide sets it up, with one caller. */
async function gatewayOfTheGuide(test: TestContext) {
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("hello")));
  const folder = await cliFolder(test);
  const { blocks } = readMarkdown(readFileSync(GUIDE, "utf8"));
  const config = JSON.parse(blocks.find(({ language }) => language === "json")!.code);
  writeFileSync("haechi.config.json", JSON.stringify({ ...config, target: { upstream: upstream.url } }));
  await folder.run("init");
  const { id, token } = JSON.parse((await folder.run("auth add")).stdout);
  const gateway = startCli(test, folder.path, ["proxy", "--port", "0"], { HAECHI_LOG_FORMAT: "json" });
  const [line] = await gateway.outputMatching(/^.*"proxy_listening".*$/m);
  const { port } = JSON.parse(line!);
  const call = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ model: "m", messages: [{ role: "user", content: "hello" }] }),
    });
    await response.arrayBuffer();
    return response.status;
  };
  const commands = blocks.filter(({ language }) => language === "sh").flatMap(({ code }) => code.split("\n"));
  return { ...folder, id: String(id), call, commands };
}

function entries() {
  const lines = readFileSync(".haechi/audit.jsonl", "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line));
}

/** Pseudonyms of those who made requests. */
const callers = () =>
  entries().flatMap(({ identity, operation }) => (/^request:/.test(operation) ? [identity.id] : []));

describe("the guide to forgetting a person", () => {
  it("does what it says, command by command", async (test) => {
    const { id, run, call, commands } = await gatewayOfTheGuide(test);
    assert.equal(await call(), 200);
    const [pseudonym] = callers();
    assert.match(pseudonym, /^psn_[0-9a-f]{32}$/);
    const outputs: string[] = [];
    for (const line of commands) {
      const typed = line
        .replace(/^haechi /, "")
        .replace(/tok_auth_\w+/, id)
        .replace(/psn_\w+/, pseudonym);
      const { exitCode, stdout, stderr } = await run(typed);
      assert.equal(exitCode, 0, `${line}: ${stderr}`);
      outputs.push(stdout);
    }
    assert.equal(JSON.parse(outputs[0]!).pseudonym, pseudonym);
    const found = outputs[1]!
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.ok(found.length > 0 && found.every(({ identity }) => identity.id === pseudonym));
    assert.equal(await call(), 401);
    const asked = await run(`audit pseudonym --identity ${id}`);
    assert.deepEqual([asked.exitCode, JSON.parse(asked.stdout).pseudonym], [1, null]);
    assert.ok(!readFileSync(".haechi/audit.jsonl", "utf8").includes(id));
    assert.ok(!readFileSync(".haechi/audit-pseudonyms.sqlite").includes(id));
  });
});

describe("audit forget", () => {
  it("holds from the next request on, in a gateway that runs", async (test) => {
    const { id, run, call } = await gatewayOfTheGuide(test);
    await call();
    await call();
    assert.equal((await run(`audit forget --identity ${id} --yes`)).exitCode, 0);
    await call();
    const [first, second, third] = callers();
    assert.equal(first, second);
    assert.notEqual(third, first);
    assert.equal((await run("audit-verify")).exitCode, 0);
  });

  it("does nothing without a word of confirmation, and says when there is nobody to forget", async (test) => {
    const { id, run, call } = await gatewayOfTheGuide(test);
    await call();
    assert.equal((await run(`audit forget --identity ${id}`)).exitCode, 1);
    assert.equal((await run("audit forget --yes")).exitCode, 2);
    assert.equal((await run("audit forget --identity tok_auth_ffffffff --yes")).exitCode, 1);
    assert.equal((await run(`audit forget --identity ${id} --provider oidc --yes`)).exitCode, 1);
    assert.equal((await run(`audit pseudonym --identity ${id}`)).exitCode, 0);
  });

  it("says where there are no pseudonyms", async (test) => {
    const folder = await cliFolder(test);
    await folder.run("init");
    const { exitCode, stderr } = await folder.run("audit forget --identity tok_auth_0123abcd --yes");
    assert.equal(exitCode, 1);
    assert.match(stderr, /audit\.pseudonyms\.enabled is false/);
  });
});
