import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { promisify } from "node:util";
import { readMarkdown } from "../support/markdown.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { cliFolder, startCli } from "../support/run-cli.ts";

const guide = readMarkdown(readFileSync(join(import.meta.dirname, "../../../../docs/guides/access.md"), "utf8"));
const [configuration = ""] = guide.blocks.filter(({ language }) => language === "json").map(({ code }) => code);
const [commands = "", request = ""] = guide.blocks.filter(({ language }) => language === "sh").map(({ code }) => code);
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

describe("the guide to access", () => {
  it("does what it says, typed as it stands", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
    const { path, run } = await cliFolder(test);
    writeFileSync("haechi.config.json", configuration);
    const tokens: string[] = [];
    for (const line of commands.split("\n")) {
      const { exitCode, stdout } = await run(line.replace(/^haechi /, ""));
      assert.equal(exitCode, 0, line);
      const { token } = JSON.parse(stdout);
      if (token !== undefined) tokens.push(token);
    }
    const [researcher = "", support = "", somebody = ""] = tokens;

    const surroundings = {
      HAECHI_UPSTREAM: upstream.url,
      OPENAI_API_KEY: "the-provider-key",
      HAECHI_LOG_FORMAT: "json",
    };
    const { outputMatching } = startCli(test, path, ["proxy", "--port", "0"], surroundings);
    const [, port] = await outputMatching(/"port":(\d+)/);
    const ask = async (token: string, model: string) => {
      const { status, headers } = await fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ model, messages: [] }),
      });
      return { status, policy: headers.get("ratelimit-policy"), wait: headers.get("retry-after") };
    };
    const statuses = async (token: string, ...models: string[]) => {
      const found: number[] = [];
      for (const model of models) found.push((await ask(token, model)).status);
      return found;
    };

    assert.deepEqual(await statuses(researcher, "gpt-5", "gpt-5-mini", "gpt-4", "gpt-5"), [200, 200, 403, 429]);
    assert.equal((await ask(support, "gpt-5-mini")).policy, '"rate";q=2;w=60');
    assert.deepEqual(await statuses(support, "gpt-5", "gpt-5-mini"), [403, 429]);
    assert.ok(Number((await ask(support, "gpt-5-mini")).wait) > 0);
    assert.deepEqual(await statuses(somebody, "gpt-5-mini", "gpt-5"), [200, 403]);
    assert.deepEqual(await statuses("hae_of-nobody", "gpt-5-mini"), [401]);
    assert.equal(upstream.requests.length, 4);
    for (const { rawHeaders } of upstream.requests) assert.ok(rawHeaders.includes("Bearer the-provider-key"));

    if (!hasCurl) return;
    const line = request.replace("127.0.0.1:11016", `127.0.0.1:${port}`);
    const env = { ...process.env, HAECHI_TOKEN: somebody };
    const { stdout } = await promisify(execFile)("sh", ["-c", line], { env });
    assert.equal(JSON.parse(stdout).object, "chat.completion");
  });
});
