import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** The program as a gateway on a free port, with JSON lines for a log. */
async function startProxy(
  test: TestContext,
  {
    config,
    environment = {},
  }: { readonly config?: object; readonly environment?: Readonly<Record<string, string>> } = {},
) {
  const folder = await tempFolder(test);
  if (config !== undefined) writeFileSync(join(folder, "haechi.config.json"), JSON.stringify(config));
  const cli = startCli(test, folder, ["proxy", "--port", "0"], { HAECHI_LOG_FORMAT: "json", ...environment });
  const [line] = await cli.outputMatching(/^.*"proxy_listening".*$/m);
  const { scheme, host, port } = JSON.parse(line);
  return { ...cli, folder, url: `${scheme}://${host}:${port}` };
}

function askChat(url: string, content: string): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "test-model", messages: [{ role: "user", content }] }),
  });
}

/** An upstream whose answer waits until it is let go. */
async function waitingUpstream(test: TestContext) {
  const asked = Promise.withResolvers<void>();
  const mayAnswer = Promise.withResolvers<void>();
  const upstream = await recordingUpstream(test, (response) => {
    asked.resolve();
    void mayAnswer.promise.then(() => answerJson(response, chatCompletion("late")));
  });
  return { ...upstream, asked: asked.promise, letGo: mayAnswer.resolve };
}

function eventsOf(output: string): Record<string, unknown>[] {
  return output
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe("haechi proxy", () => {
  it("finishes a slow exchange after SIGTERM, and exits 0", async (test) => {
    const upstream = await waitingUpstream(test);
    const { url, child, outputMatching, ended } = await startProxy(test, {
      config: { mode: "enforce", target: { upstream: upstream.url } },
    });
    const asked = askChat(url, "mail minji.kim@example.org");
    await upstream.asked;
    child.kill("SIGTERM");
    await outputMatching(/"proxy_shutdown"/);
    await assert.rejects(fetch(`${url}/__haechi/live`));
    upstream.letGo();
    const response = await asked;
    assert.equal(response.status, 200);
    assert.equal(await response.text(), chatCompletion("late"));
    assert.match(upstream.requests[0]!.everything, /\[REDACTED:email\]/);
    const { exitCode, signal, stdout, stderr } = await ended;
    assert.deepEqual([exitCode, signal], [0, null]);
    const shutdown = eventsOf(stdout).find(({ event }) => event === "proxy_shutdown");
    assert.equal(shutdown?.signal, "SIGTERM");
    assert.ok(!`${stdout}${stderr}`.includes("minji.kim"));
  });

  it("takes up a changed configuration at SIGHUP, and refuses one that is wrong", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("yes")));
    const config = { mode: "enforce", target: { upstream: upstream.url } };
    const { url, folder, child, outputMatching, ended } = await startProxy(test, {
      config: { ...config, proxy: { reloadOnChange: false } },
    });
    const change = (changed: object) => {
      const text = JSON.stringify({ ...config, proxy: { reloadOnChange: false }, ...changed });
      writeFileSync(join(folder, "haechi.config.json"), text);
      child.kill("SIGHUP");
    };
    change({ policy: { actions: { email: "mask" } } });
    const [reloaded] = await outputMatching(/^.*"config_reloaded".*$/m);
    assert.equal(JSON.parse(reloaded).keys, "policy.actions");
    await askChat(url, "mail minji.kim@example.org");
    assert.doesNotMatch(upstream.requests[0]!.everything, /minji\.kim|REDACTED/);

    change({ policy: { action: { email: "mask" } } });
    const metrics = async () => (await fetch(`${url}/__haechi/metrics`)).text();
    while (!(await metrics()).includes('haechi_config_reloads_total{outcome="refused"} 1'));
    change({ policy: { actions: { email: "redact" } } });
    await outputMatching(/"config_reloaded"[\s\S]*"config_reloaded"/);
    await askChat(url, "mail minji.kim@example.org");
    assert.match(upstream.requests[1]!.everything, /\[REDACTED:email\]/);
    child.kill("SIGTERM");
    const { exitCode, stderr } = await ended;
    assert.equal(exitCode, 0);
    const refusals = eventsOf(stderr).filter(({ event }) => event === "config_reload_refused");
    assert.equal(refusals.length, 1);
    assert.match(String(refusals[0]?.why), /policy\.action: unknown key/);
  });

  it("ends at once at a second signal", async (test) => {
    const upstream = await waitingUpstream(test);
    const { url, child, outputMatching, ended } = await startProxy(test, {
      config: { target: { upstream: upstream.url } },
    });
    const asked = askChat(url, "hello").catch(() => null);
    await upstream.asked;
    child.kill("SIGINT");
    await outputMatching(/"proxy_shutdown"/);
    child.kill("SIGINT");
    assert.equal((await ended).exitCode, 130);
    assert.equal(await asked, null);
    upstream.letGo();
  });

  it("starts without a configuration and without keys, makes the keys and says both", async (test) => {
    const { url, folder, child, ended } = await startProxy(test);
    assert.equal((await fetch(`${url}/__haechi/ready`)).status, 200);
    child.kill("SIGINT");
    const { exitCode, stdout, stderr } = await ended;
    assert.equal(exitCode, 0);
    assert.equal(statSync(join(folder, ".haechi/dev.keys.json")).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder, ".haechi")).mode & 0o777, 0o700);
    assert.ok(eventsOf(stdout).some(({ event }) => event === "key_file_created"));
    assert.ok(eventsOf(stderr).some(({ event }) => event === "config_defaults_used"));
    const [{ k }] = JSON.parse(readFileSync(join(folder, ".haechi/dev.keys.json"), "utf8")).keys;
    assert.ok(!`${stdout}${stderr}`.includes(k));
  });

  it("tells what the configuration does that its operator may not expect", async (test) => {
    const { child, ended } = await startProxy(test, { config: { mode: "enforce", policy: { mode: "dry-run" } } });
    child.kill("SIGTERM");
    const warnings = eventsOf((await ended).stderr).filter(({ event }) => event === "config_warning");
    assert.deepEqual(
      warnings.map(({ key, message }) => [key, message]),
      [["policy.mode", "dry-run overrides mode enforce"]],
    );
  });

  it("says at once that its audit log cannot be written, and where that would be", async (test) => {
    const path = "haechi.config.json/audit.jsonl";
    const { child, url, ended } = await startProxy(test, { config: { audit: { path } } });
    assert.equal((await fetch(`${url}/__haechi/ready`)).status, 503);
    child.kill("SIGTERM");
    const told = eventsOf((await ended).stderr).find(({ event }) => event === "audit_unwritable");
    assert.deepEqual([told?.path, told?.level], [path, "error"]);
  });

  it("drains and exits 5 after a failure that nobody handles, and tells its class only", async (test) => {
    const folder = await tempFolder(test);
    const fault = join(folder, "fault.mjs");
    writeFileSync(fault, 'process.on("SIGUSR2", () => void Promise.reject(new RangeError("a private text")));');
    const { child, ended } = await startProxy(test, {
      environment: { NODE_OPTIONS: `--import=${pathToFileURL(fault).href}` },
    });
    child.kill("SIGUSR2");
    const { exitCode, stdout, stderr } = await ended;
    assert.equal(exitCode, 5);
    assert.ok(
      eventsOf(stderr).some(({ event, errorName }) => event === "proxy_internal_error" && errorName === "RangeError"),
    );
    assert.ok(!`${stdout}${stderr}`.includes("private"));
  });

  it("refuses a network address unless the command line says so, and TLS or a trusted hop is there", async (test) => {
    const folder = await tempFolder(test);
    for (const [argv, says] of [
      [["--host", "0.0.0.0"], /--allow-remote-bind must say so too/],
      [["--host", "0.0.0.0", "--allow-remote-bind"], /proxy\.tls, or proxy\.trustForwardedProto/],
    ] as const) {
      const { exitCode, stdout, stderr } = await startCli(test, folder, ["proxy", "--port", "0", ...argv]).ended;
      assert.equal(exitCode, 1);
      assert.equal(stdout, "");
      assert.match(stderr, says);
    }
  });

  it("makes no keys where they are kept elsewhere", async (test) => {
    const folder = await tempFolder(test);
    writeFileSync(join(folder, "haechi.config.json"), JSON.stringify({ keys: { provider: "external" } }));
    const { exitCode, stderr } = await startCli(test, folder, ["proxy", "--port", "0"]).ended;
    assert.equal(exitCode, 1);
    assert.match(stderr, /^haechi: keys\.provider is external/);
    assert.ok(!existsSync(join(folder, ".haechi/dev.keys.json")));
  });
});
