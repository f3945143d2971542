import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import OpenAI, { APIError } from "openai";
import type { ConfigInput } from "../../src/config/schema.ts";
import { addToken } from "../../src/providers/auth/bearer-file.ts";
import type { Providers } from "../../src/runtime/providers.ts";
import { answerJson, chatCompletion, recordingUpstream } from "../support/recording-upstream.ts";
import { startHaechi } from "../support/start-haechi.ts";

const policy: ConfigInput["policy"] = {
  presets: [],
  actions: { email: "redact" },
  profiles: {
    trusted: { actions: { email: "allow" }, modelAllowlist: ["large", "small"] },
    research: { actions: { email: "mask" }, modelAllowlist: ["large"], rate: { requestsPerMinute: 2 } },
    everybody: { modelAllowlist: ["small"], budget: { requestsPerDay: 3 } },
  },
  profileBinding: { byScope: { trusted: "trusted" }, byLabel: { "team=research": "research" }, default: "everybody" },
};

describe("a policy profile", () => {
  it("is chosen by scope, then by label, then the default, and named in the audit log", async (test) => {
    const { client, auditEntries, upstream } = await started(test);
    const callers = [
      await client({ scopes: ["other", "trusted"], labels: { team: "research" } }),
      await client({ scopes: ["other"], labels: { env: "prod", team: "research" } }),
      await client({ scopes: [], labels: { team: "sales" } }),
    ];
    for (const [index, ask] of callers.entries()) await ask(index === 2 ? "small" : "large");
    assert.deepEqual(
      (await auditEntries()).map(({ profile }) => profile),
      ["trusted", "research", "everybody"],
    );
    const sent = upstream.requests.map(({ everything }) => everything.includes("minji@example.com"));
    assert.deepEqual(sent, [true, false, false]);
  });

  it("decides which models may be asked", async (test) => {
    const { client, auditEntries, upstream } = await started(test);
    const ask = await client({ scopes: [], labels: {} });
    await assert.rejects(ask("large"), (error) => error instanceof APIError && error.status === 403);
    await ask("small");
    assert.equal(upstream.requests.length, 1);
    const [refusal] = await auditEntries();
    assert.equal(refusal?.profile, "everybody");
    assert.match(refusal?.identity?.id ?? "", /^tok_auth_/);
  });

  it("limits each of its identities, who are told how they stand", async (test) => {
    const { client, auditEntries } = await started(test);
    const [one, other] = [await client(RESEARCHER), await client(RESEARCHER)];
    const standings = [];
    for (const ask of [one, one, other]) standings.push((await ask("large").asResponse()).headers.get("ratelimit"));
    assert.deepEqual(
      standings.map((standing) => standing?.replace(/t=\d+/, "t")),
      ['"rate";r=1;t', '"rate";r=0;t', '"rate";r=1;t'],
    );
    await assert.rejects(one("large"), (error) => error instanceof APIError && error.status === 429);
    const last = (await auditEntries()).at(-1)!;
    assert.ok("decision" in last && last.decision === "rate_limited");
    assert.equal(last.profile, "research");
    assert.match(last.identity?.id ?? "", /^tok_auth_/);
  });

  it("has one budget for all of its identities", async (test) => {
    const { client } = await started(test);
    const callers = [await client(NOBODY), await client(NOBODY)];
    for (const ask of [...callers, callers[0]!]) await ask("small");
    for (const ask of callers) {
      await assert.rejects(ask("small"), (error) => error instanceof APIError && /budget/.test(error.message));
    }
  });

  it("is limited by the rate limiter that a program hands in, and not served while that is down", async (test) => {
    const answers: (boolean | Error)[] = [true, false, new Error("down")];
    const allow = async () => {
      const answer = answers.shift()!;
      if (answer instanceof Error) throw answer;
      return answer;
    };
    const { profiles, profileBinding } = policy!;
    const limited = {
      ...policy,
      profiles: { ...profiles, everybody: { rate: { requestsPerMinute: 9 } } },
      profileBinding,
    };
    const { client, upstream } = await started(test, { policy: limited }, { rateLimiter: { allow } });
    const ask = await client(NOBODY);
    await ask("small");
    for (const status of [429, 503]) {
      await assert.rejects(ask("small"), (error) => error instanceof APIError && error.status === status);
    }
    assert.equal(upstream.requests.length, 1);
  });

  it("with a budget does not start with a rate limiter that keeps none", async (test) => {
    const providers = { rateLimiter: { allow: () => true } };
    await assert.rejects(started(test, {}, providers), /must implement take\(\) where a policy has a budget/);
  });
});

const NOBODY = { scopes: [], labels: {} };
const RESEARCHER = { scopes: [], labels: { team: "research" } };

interface Holder {
  readonly scopes: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

async function started(test: TestContext, config: ConfigInput = {}, providers: Providers = {}) {
  const upstream = await recordingUpstream(test, (response) => answerJson(response, chatCompletion("ok")));
  const haechi = await startHaechi(test, upstream.url, { auth: { provider: "bearer" }, policy, ...config }, providers);
  const client = async (holder: Holder) => {
    const wanted = { ...holder, type: "service", allowedLabelKeys: ["team", "env"] } as const;
    const { token } = await addToken(join(haechi.folder, "auth.json"), wanted, haechi.runtime);
    const openai = new OpenAI({ baseURL: `${haechi.url}/v1`, apiKey: token, maxRetries: 0 });
    return (model: string) =>
      openai.chat.completions.create({ model, messages: [{ role: "user", content: "I am minji@example.com" }] });
  };
  return { ...haechi, upstream, client };
}
