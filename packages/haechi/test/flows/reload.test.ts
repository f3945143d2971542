import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { describe, it, type TestContext } from "node:test";
import { parseConfig } from "../../src/config/parse.ts";
import type { Config, ConfigInput } from "../../src/config/schema.ts";
import { configWarnings } from "../../src/config/warnings.ts";
import type { DecisionEvent } from "../../src/core/audit/event.ts";
import { HaechiError } from "../../src/core/errors.ts";
import type { Providers } from "../../src/runtime/providers.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { scriptedUpstream } from "../support/scripted-upstream.ts";
import { type HaechiUnderTest, startHaechi } from "../support/start-haechi.ts";

const MAIL = "minji@example.com";

describe("a reload", () => {
  it("puts exchanges under the new policy that begin after it, and is recorded with the names of what changed", async (test) => {
    const { ask, reload, entries, upstream } = await started(test);
    await ask(MAIL);
    assert.ok(
      await reload({ policy: { actions: { email: "mask" } }, limits: { maxInFlight: 7, shutdownGraceMs: 1000 } }),
    );
    await ask(MAIL);
    assert.deepEqual(
      upstream.requests.map(({ everything }) => everything.includes("[REDACTED:email]")),
      [true, false],
    );
    const changedKeys = ["limits.maxInFlight", "policy.actions"];
    for (const [at, reason] of ["reload_started", "reload_done"].entries()) {
      const entry = (await entries("config_change"))[at]!;
      assert.deepEqual([entry.operation, entry.reason], ["config:reload", reason]);
      assert.deepEqual(entry.changedKeys, changedKeys);
    }
  });

  it("looks for what the new rules say", async (test) => {
    const { ask, reload, upstream } = await started(test);
    await ask("project bluebird");
    const rule = { id: "project", type: "project", pattern: "bluebird", action: "redact" } as const;
    assert.ok(await reload({ filters: { customRules: [rule] } }));
    await ask("project bluebird");
    await ask(MAIL);
    assert.deepEqual(
      upstream.requests.map(({ everything }) => /bluebird|minji/.test(everything)),
      [true, false, false],
    );
  });

  it("leaves exchanges that are under way to the configuration and the upstream that they began with", async (test) => {
    const { haechi, ask, reload, upstream, waiting } = await started(test);
    const other = await recordingUpstream(test, (response) => answerJson(response, chatCompletion(MAIL)));
    const before = ask("wait");
    const response = await waiting;
    const target = { upstream: other.url };
    assert.ok(await reload({ target, responseProtection: { enabled: true, mode: "enforce" } }));
    assert.match(await ask("hello"), /\[REDACTED:email\]/);
    // Several changes later the first exchange still has its upstream.
    assert.ok(await reload({ target, filters: { minConfidence: 0.3 } }));
    assert.ok(await reload({ target, mode: "dry-run" }));
    answerJson(response, chatCompletion(`late ${MAIL}`));
    assert.match(await before, /late minji@example\.com/);
    assert.match(await ask("hello"), /minji@example\.com/);
    assert.equal(upstream.requests.length, 1);
    assert.equal(other.requests.length, 2);
    await haechi.gateway.close();
  });

  it("takes up nothing of what is wrong, says so without a value, and serves on", async (test) => {
    const { haechi, ask, reload, entries, upstream, reloadWith } = await started(test);
    const secretive = { policy: { profiles: { bluebird: {} }, profileBinding: { default: "bluebird" } } };
    for (const wrong of [
      { ...secretive, proxy: { port: 1 } },
      { ...secretive, audit: { path: "bluebird.jsonl" }, mode: "dry-run" as const },
      { ...secretive, auth: { provider: "bearer" as const } },
      {
        ...secretive,
        target: { upstreams: [{ name: "main", baseUrl: "http://127.0.0.1:1", auth: { keyEnv: "HAECHI_NOT_SET" } }] },
      },
    ]) {
      assert.equal(await reload(wrong), false, JSON.stringify(wrong));
    }
    const unreadable = () => {
      throw new HaechiError("CONFIG_INVALID", "the file is not valid JSON");
    };
    assert.equal(await reloadWith(unreadable), false);
    assert.equal(await reloadWith(() => assert.fail("not one of our errors")), false);
    await ask(MAIL);
    assert.ok(!upstream.requests[0]!.everything.includes(MAIL));

    const refusals = (await entries("config_change")).filter(({ reason }) => reason === "reload_failed");
    assert.equal(refusals.length, 6);
    const why = haechi.logged.filter((line) => line.includes("config_reload_refused"));
    assert.match(why[0]!, /proxy\.port: is not changed while the gateway runs/);
    assert.match(why[1]!, /audit\.path: is not changed/);
    assert.match(why[2]!, /auth\.provider: is not changed/);
    assert.match(why[4]!, /the file is not valid JSON/);
    assert.ok(!`${await haechi.auditText()}${haechi.logged.join()}`.includes("bluebird"));
    const metrics = await haechi.metrics();
    assert.match(metrics, /^haechi_config_current 0$/m);
    assert.match(metrics, /^haechi_config_reloads_total\{outcome="refused"\} 6$/m);
    const readiness = async () => (await fetch(`${haechi.url}/__haechi/ready`)).json();
    const { ready, configuration } = (await readiness()) as { ready: boolean; configuration: string };
    assert.deepEqual({ ready, configuration }, { ready: true, configuration: "refused" });
    assert.ok(await reload({}));
    assert.match(await haechi.metrics(), /^haechi_config_current 1$/m);
  });

  it("is not taken up when it cannot be recorded", async (test) => {
    const { haechi, ask, reload, upstream } = await started(test);
    await ask(MAIL);
    await haechi.runtime.audit.close();
    assert.equal(await reload({ mode: "dry-run" }), false);
    const health = await (await fetch(`${haechi.url}/__haechi/health`)).json();
    assert.equal((health as { mode: string }).mode, "enforce");
    assert.equal(upstream.requests.length, 1);
  });

  it("does not forget what was counted", async (test) => {
    const { haechi, ask, reload } = await started(test, { policy: { rate: { requestsPerMinute: 2 } } });
    await ask("one");
    assert.ok(await reload({ policy: { rate: { requestsPerMinute: 2 }, actions: { email: "mask" } } }));
    await ask("two");
    assert.match(await ask("three"), /haechi_rate_limited/);
    assert.match(await haechi.metrics(), /decision="forwarded"\} 2$/m);
  });

  it("holds for the number of exchanges at a time", async (test) => {
    const { ask, reload, waiting } = await started(test);
    assert.ok(await reload({ limits: { maxInFlight: 1 } }));
    const first = ask("wait");
    const response = await waiting;
    assert.match(await ask("second"), /haechi_overloaded/);
    assert.ok(await reload({ limits: { maxInFlight: 2 } }));
    assert.match(await ask("third"), /chat\.completion/);
    answerJson(response, chatCompletion("late"));
    await first;
  });

  it("tells nothing of an upstream any more that is gone", async (test) => {
    const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("yes")));
    const named = (name: string): ConfigInput => ({ target: { upstreams: [{ name, baseUrl: upstream.url }] } });
    const { haechi, reload, ask } = await started(test, named("first"));
    await ask("hello");
    assert.match(await haechi.metrics(), /haechi_upstream_available\{upstream="first"\} 1/);
    assert.ok(await reload(named("second")));
    await ask("hello");
    const text = await haechi.metrics();
    assert.match(text, /haechi_upstream_available\{upstream="second"\} 1/);
    assert.doesNotMatch(text, /haechi_upstream_available\{upstream="first"\}/);
  });

  it("leaves an upstream open that a program handed in, until the gateway closes", async (test) => {
    const scripted = scriptedUpstream();
    let closed = 0;
    const upstream = {
      ...scripted,
      close: async () => {
        closed++;
      },
    };
    scripted.answerWith({
      headers: ["content-type", "application/json"],
      pieces: [Buffer.from(chatCompletion("yes"))],
    });
    const { haechi, reload, ask } = await started(test, {}, { upstream });
    assert.ok(await reload({ target: { upstream: "http://127.0.0.1:2" } }));
    assert.match(await ask("hello"), /chat\.completion/);
    assert.equal(closed, 0);
    await haechi.gateway.close();
    assert.equal(closed, 1);
  });
});

async function started(test: TestContext, overrides: ConfigInput = {}, providers: Providers = {}) {
  const waiting = Promise.withResolvers<ServerResponse>();
  const upstream = await recordingUpstream(test, (response, { everything }) => {
    if (everything.includes('"wait"')) waiting.resolve(response);
    else answerJson(response, chatCompletion("yes"));
  });
  const url = overrides.target === undefined ? upstream.url : null;
  const haechi = await startHaechi(test, url, overrides, providers);
  const { config } = haechi.runtime;
  const reloadWith = (read: () => Config) =>
    haechi.gateway.reload(() => {
      const next = read();
      return { config: next, warnings: configWarnings(next) };
    });
  return {
    haechi,
    upstream,
    waiting: waiting.promise,
    reloadWith,
    reload: (input: ConfigInput) => reloadWith(() => parseConfig(asWritten(config, input))),
    ask: (content: string) => askChat(haechi, content),
    entries: async (decision: string) =>
      (await haechi.auditEntries()).filter(
        (entry): entry is typeof entry & DecisionEvent => "decision" in entry && entry.decision === decision,
      ),
  };
}

/** What the gateway was started with, and `input` over it. */
function asWritten({ proxy, limits, keys, audit, tokenVault, auth, target }: Config, input: ConfigInput): ConfigInput {
  return {
    mode: "enforce",
    ...input,
    target: { ...(target.upstreams === undefined && { upstream: target.upstream }), ...input.target },
    proxy: { port: proxy.port, ...input.proxy },
    limits: { shutdownGraceMs: limits.shutdownGraceMs, ...input.limits },
    keys: { keyFile: keys.keyFile },
    audit: { path: audit.path, ...input.audit },
    tokenVault: { path: tokenVault.path },
    auth: { store: auth.store, ...input.auth },
  };
}

async function askChat({ url }: HaechiUnderTest, content: string): Promise<string> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "m", messages: [{ role: "user", content }] }),
  });
  return await response.text();
}
