import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { setImmediate } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { loadConfig } from "../../src/config/load.ts";
import type { ConfigInput } from "../../src/config/schema.ts";
import { initKeyFile } from "../../src/providers/crypto/key-file.ts";
import { createWrappingKeys } from "../../src/providers/crypto/key-wrapping.ts";
import { systemClock } from "../../src/providers/system/system-clock.ts";
import { systemRandom } from "../../src/providers/system/system-random.ts";
import { superviseWorkers } from "../../src/runtime/workers/supervise.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { runCliWords, startCli } from "../support/run-cli.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { askAnew, childrenOf, isRunning } from "../support/worker-processes.ts";

const MAIL = "minji@example.com";

describe("a gateway of several processes", () => {
  it("is one gateway", async (test) => {
    const haechi = await started(test, {
      policy: { actions: { email: "tokenize" }, rate: { requestsPerMinute: 8 } },
      tokenVault: { deterministic: true, detokenizeResponses: true },
    });
    const { upstream } = haechi;

    await test.test("with one vault, and one count of what callers may take", async () => {
      const replies = [];
      for (let asked = 0; asked < 12; asked++) replies.push(await haechi.ask(MAIL));
      assert.deepEqual(
        replies.map(({ status }) => status),
        [...Array(8).fill(200), ...Array(4).fill(429)],
      );
      // Each process has connections of its own to the upstream, and one after the other needs one only.
      assert.equal(new Set(haechi.upstreamPorts).size, 2);
      const tokens = upstream.requests.map(({ everything }) => /\[TOKEN:(\w+)\]/.exec(everything)?.[1]);
      assert.deepEqual([new Set(tokens).size, tokens.length], [1, 8]);
      for (const { text } of replies.slice(0, 8)) assert.match(text, /minji@example\.com/);
    });

    await test.test("whose metrics are those of all, whoever is asked", async () => {
      // A client has its answer a moment before the gateway has done with the exchange.
      while (!/^haechi_in_flight 0$/m.test(await haechi.metrics())) await setImmediate();
      for (let look = 0; look < 3; look++) {
        const metrics = await haechi.metrics();
        assert.match(metrics, /^haechi_requests_total\{[^}]*decision="forwarded"\} 8$/m);
        assert.match(metrics, /^haechi_rate_limited_total 4$/m);
        assert.match(metrics, /^haechi_request_duration_seconds_count\{[^}]*\} 12$/m);
        assert.match(metrics, /^haechi_config_current 1$/m);
        assert.match(metrics, /^haechi_in_flight 0$/m);
        assert.equal((await askAnew(`${haechi.url}/__haechi/ready`)).status, 200);
      }
    });

    await test.test("that takes up a configuration in every process or in none, and records it once", async () => {
      const changed = { policy: { actions: { email: "mask" } } } as const;
      await haechi.change(changed);
      await haechi.outputMatching(/"config_reloaded"/);
      for (let asked = 0; asked < 4; asked++) await haechi.ask(MAIL);
      const texts = upstream.requests.slice(8).map(({ everything }) => everything);
      assert.deepEqual([texts.length, texts.filter((text) => /minji|TOKEN/.test(text))], [4, []]);

      const auth = { keyEnv: "NOT_SET" };
      await haechi.change({ target: { upstreams: [{ name: "a", baseUrl: "http://127.0.0.1:1", auth }] } });
      while (!(await haechi.metrics()).includes('haechi_config_reloads_total{outcome="refused"} 1'))
        await setImmediate();
      for (let look = 0; look < 2; look++) {
        assert.match(await haechi.metrics(), /^haechi_config_current 0$/m);
        assert.equal(JSON.parse((await askAnew(`${haechi.url}/__haechi/ready`)).text).configuration, "refused");
        assert.equal((await haechi.ask(MAIL)).status, 200);
      }
      const reasons = haechi
        .entries()
        .flatMap(({ decision, reason }) => (decision === "config_change" ? [reason] : []));
      assert.deepEqual(reasons, ["reload_started", "reload_done", "reload_started", "reload_failed"]);
    });

    await test.test("that finishes what is under way when it is told to end, and says everything once", async () => {
      const asked = [haechi.ask("wait"), haechi.ask("wait"), haechi.ask("wait")];
      const waiting = await haechi.waitingFor(3);
      haechi.child.kill("SIGTERM");
      await haechi.outputMatching(/"proxy_shutdown"/);
      for (const response of waiting) answerJson(response, chatCompletion("late"));
      for (const { text } of await Promise.all(asked)) assert.equal(text, chatCompletion("late"));
      const { exitCode, stdout, stderr } = await haechi.ended;
      assert.equal(exitCode, 0);
      for (const event of ["proxy_listening", "proxy_shutdown", "key_file_created", "config_reloaded"]) {
        assert.equal(stdout.split(`"${event}"`).length, 2, event);
      }
      assert.deepEqual(stderr.match(/(?<="event":")\w+/g), ["config_reload_refused"]);
      assert.equal((await runCliWords(["audit-verify", "--audit", haechi.auditPath])).exitCode, 0);
    });
  });

  it("goes on when one fails: that one drains, another one takes its place, and what was counted stays", async (test) => {
    const fault = 'process.on("SIGUSR2", () => void Promise.reject(new RangeError("private")));';
    const haechi = await started(test, {}, { fault });
    for (let asked = 0; asked < 4; asked++) await haechi.ask("hello");
    const [failing] = haechi.workers();
    const asked = [haechi.ask("wait"), haechi.ask("wait")];
    const waiting = await haechi.waitingFor(2);
    process.kill(failing!, "SIGUSR2");
    await haechi.outputMatching(/"worker_started"/);
    for (const response of waiting) answerJson(response, chatCompletion("late"));
    for (const { status } of await Promise.all(asked)) assert.equal(status, 200);
    for (let asked = 0; asked < 4; asked++) assert.equal((await haechi.ask("hello")).status, 200);
    const metrics = await haechi.metrics();
    assert.match(metrics, /^haechi_worker_deaths_total 1$/m);
    assert.match(metrics, /^haechi_internal_error_total 1$/m);
    assert.match(metrics, /^haechi_requests_total\{[^}]*decision="forwarded"\} (?:8|9|10)$/m);
    const reasons = haechi.entries().flatMap(({ reason }) => (/unhandled|worker/.test(reason ?? "") ? [reason] : []));
    assert.deepEqual(reasons, ["unhandled_failure"]);

    await test.test("and when its supervisor is killed, all drain and nobody is left", async () => {
      const workers = haechi.workers();
      const last = [haechi.ask("wait"), haechi.ask("wait")];
      await haechi.waitingFor(4);
      const killed = once(haechi.child, "exit");
      haechi.child.kill("SIGKILL");
      await killed;
      for (const response of waiting.slice(2)) answerJson(response, chatCompletion("late"));
      for (const { status } of await Promise.all(last)) assert.equal(status, 200);
      // Whoever is left would still hold the outputs.
      const { stdout, stderr } = await haechi.ended;
      // A process lets go of its files a moment before it is gone.
      while (workers.some(isRunning)) await setImmediate();
      assert.doesNotMatch(`${stdout}${stderr}`, /private/);
      assert.equal(stderr.match(/proxy_internal_error/g)?.length, 1);
    });
  });

  it("says once why it cannot start, and starts nothing", async (test) => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    test.after(() => taken.close());
    const { port } = taken.address() as AddressInfo;
    const folder = await tempFolder(test);
    await writeFile(join(folder, "haechi.config.json"), JSON.stringify({ proxy: { workers: 2, port } }));
    const { exitCode, stdout, stderr } = await startCli(test, folder, ["proxy"]).ended;
    assert.deepEqual(
      [exitCode, stdout, stderr],
      [1, "", `haechi: proxy.port: another program listens at 127.0.0.1:${port} already\n`],
    );
  });

  it("gives up when its processes die again and again before they serve", async (test) => {
    const folder = await tempFolder(test);
    await writeFile(join(folder, "haechi.config.json"), JSON.stringify({ proxy: { workers: 2, port: 0 } }));
    const environment = await faultIn(folder, 'if (process.send !== undefined) process.kill(process.pid, "SIGKILL");');
    const { exitCode, stdout, stderr } = await startCli(test, folder, ["proxy"], environment).ended;
    assert.deepEqual([exitCode, stdout], [1, ""]);
    assert.equal(stderr, "haechi: a worker process ended before it served (signal SIGKILL)\n");
  });

  it("is given the pass phrase that a person typed neither by environment nor by command line", async (test) => {
    const passphrase = "correct horse battery staple";
    const folder = await tempFolder(test);
    const keyFile = join(folder, "keys.json");
    const wrappingKeys = createWrappingKeys(() => passphrase);
    await initKeyFile(keyFile, { wrapped: true, clock: systemClock, random: systemRandom, wrappingKeys });
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("yes")));
    const path = join(folder, "haechi.config.json");
    const input = configFor(folder, upstream.url, { keys: { keyFile }, policy: { actions: { email: "tokenize" } } });
    await writeFile(path, JSON.stringify(input));
    const supervisor = await superviseWorkers(
      { ...loadConfig({ path, environment: {} }), path, content: readFileSync(path) },
      { program: WORKER_PROGRAM, count: 2, options: {}, passphrase },
    );
    for (const pid of childrenOf(process.pid)) {
      for (const file of ["environ", "cmdline"]) {
        assert.ok(!readFileSync(`/proc/${pid}/${file}`, "utf8").includes("battery"));
      }
    }
    for (let asked = 0; asked < 2; asked++) {
      assert.equal((await askAnew(`${supervisor.url}/v1/chat/completions`, chat(MAIL))).status, 200);
    }
    assert.ok(upstream.requests.every(({ everything }) => everything.includes("[TOKEN:")));
    assert.equal(await supervisor.close(), 0);
  });
});

const WORKER_PROGRAM = new URL("../../src/cli/worker-program.ts", import.meta.url);

function chat(content: string): string {
  return JSON.stringify({ model: "m", messages: [{ role: "user", content }] });
}

function configFor(folder: string, upstreamUrl: string, overrides: ConfigInput): ConfigInput {
  return {
    mode: "enforce",
    responseProtection: { enabled: true },
    ...overrides,
    // Kept for longer than the slowest machine is between two requests.
    target: { upstream: upstreamUrl, pool: { keepAliveMs: 600_000 }, ...overrides.target },
    proxy: { workers: 2, port: 0, reloadOnChange: false },
    audit: { path: join(folder, "audit.jsonl") },
    tokenVault: { path: join(folder, "vault.sqlite"), ...overrides.tokenVault },
  };
}

/** Has code run in every process that is started there. */
async function faultIn(folder: string, code: string): Promise<Record<string, string>> {
  const path = join(folder, "fault.mjs");
  await writeFile(path, code);
  return { NODE_OPTIONS: `--import=${pathToFileURL(path).href}` };
}

/** The command with two processes; the upstream echoes, and what is asked to wait waits. */
async function started(test: TestContext, overrides: ConfigInput, { fault = "" } = {}) {
  const waiting: ServerResponse[] = [];
  const upstreamPorts: (number | undefined)[] = [];
  const upstream = await recordingUpstream(test, (response, { everything, body }, { socket }) => {
    upstreamPorts.push(socket.remotePort);
    if (everything.includes('"wait"')) waiting.push(response);
    else answerJson(response, chatCompletion(JSON.parse(body.toString()).messages[0].content));
  });
  const folder = await tempFolder(test);
  const path = join(folder, "haechi.config.json");
  const write = (input: ConfigInput) => writeFile(path, JSON.stringify(configFor(folder, upstream.url, input)));
  await write(overrides);
  const environment = { HAECHI_LOG_FORMAT: "json", ...(fault === "" ? {} : await faultIn(folder, fault)) };
  const cli = startCli(test, folder, ["proxy"], environment);
  const [line] = await cli.outputMatching(/^.*"proxy_listening".*$/m);
  const { host, port } = JSON.parse(line);
  const url = `http://${host}:${port}`;
  const auditPath = join(folder, "audit.jsonl");
  return {
    ...cli,
    url,
    upstream,
    upstreamPorts,
    auditPath,
    workers: () => childrenOf(cli.child.pid!),
    ask: (content: string) => askAnew(`${url}/v1/chat/completions`, chat(content)),
    metrics: async () => (await askAnew(`${url}/__haechi/metrics`)).text,
    async change(input: ConfigInput) {
      await write(input);
      cli.child.kill("SIGHUP");
    },
    entries: (): { readonly decision?: string; readonly reason?: string }[] =>
      readFileSync(auditPath, "utf8")
        .trimEnd()
        .split("\n")
        .map((entry) => JSON.parse(entry)),
    async waitingFor(count: number) {
      while (waiting.length < count) await setImmediate();
      return waiting;
    },
  };
}
