import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compilePolicy } from "../core/decide/compile-policy.ts";
import type { Budget } from "../core/decide/policy.ts";
import { isHaechiError } from "../core/errors.ts";
import type { RateLimiter } from "../ports/rate-limiter.ts";
import { createMemoryRateLimiter } from "../providers/rate-limit/memory-rate-limiter.ts";
import type { Caller } from "./access.ts";
import { callerKey, type TakenQuota, takeBytes, takeRequest } from "./quotas.ts";

describe("quotas", () => {
  it("are not asked for where the policy has none", async () => {
    const limiter: RateLimiter = { allow: () => assert.fail("asked") };
    await takeRequest(callerWith({}), "192.0.2.1", limiter, () => assert.fail("told"));
    await takeBytes(callerWith({}), 1000, limiter, () => assert.fail("told"));
  });

  it("are each identity's own for the rate, and everybody's for the budget", async () => {
    const limiter = createMemoryRateLimiter({ now: () => 0 });
    const ask = (id: string) => {
      const caller = callerWith({ requestsPerMinute: 2, budget: { requestsPerDay: 3, bytesPerDay: null } }, id);
      return takeRequest(caller, undefined, limiter, () => {});
    };
    await ask("a");
    await ask("a");
    await refused(ask("a"), "RATE_LIMITED", "rate:2");
    await ask("b");
    await refused(ask("b"), "BUDGET_SPENT", "budget_requests:3");
  });

  it("of a profile are not spent under another", async () => {
    const limiter = createMemoryRateLimiter({ now: () => 0 });
    const budget = { requestsPerDay: 1, bytesPerDay: 10 };
    for (const profile of [null, "staff", "guests"]) {
      const caller = callerWith({ budget, profile });
      await takeRequest(caller, undefined, limiter, () => {});
      await takeBytes(caller, 10, limiter, () => {});
      await refused(
        takeRequest(caller, undefined, limiter, () => {}),
        "BUDGET_SPENT",
        "budget_requests:1",
      );
      await refused(
        takeBytes(caller, 1, limiter, () => {}),
        "BUDGET_SPENT",
        "budget_bytes:10",
      );
    }
  });

  it("are told one by one, the one that refuses last", async () => {
    const limiter = createMemoryRateLimiter({ now: () => 0 });
    const caller = callerWith({ requestsPerMinute: 5, budget: { requestsPerDay: 1, bytesPerDay: null } });
    const told: TakenQuota[] = [];
    await takeRequest(caller, undefined, limiter, (taken) => told.push(taken));
    await refused(
      takeRequest(caller, undefined, limiter, (taken) => told.push(taken)),
      "BUDGET_SPENT",
    );
    assert.deepEqual(
      told.map(({ name, standing }) => [name, standing?.isAllowed, standing?.remaining]),
      [
        ["rate", true, 4],
        ["budget-requests", true, 0],
        ["rate", true, 3],
        ["budget-requests", false, 0],
      ],
    );
  });

  it("are kept by a rate limiter that only says yes or no", async () => {
    const caller = callerWith({ requestsPerMinute: 5 }, "a");
    const asked: unknown[] = [];
    const answering = (answer: unknown): RateLimiter => ({
      allow(...question) {
        asked.push(question);
        return answer as boolean;
      },
    });
    await takeRequest(caller, undefined, answering(true), ({ standing }) => assert.equal(standing, null));
    await takeRequest(caller, undefined, answering(Promise.resolve(true)), () => {});
    for (const answer of [false, Promise.resolve(false), undefined, 1, "true", {}, null]) {
      await refused(
        takeRequest(caller, undefined, answering(answer), () => {}),
        "RATE_LIMITED",
        "rate:5",
      );
    }
    assert.deepEqual(asked[0], ["a", 5]);
  });

  it("refuse while the rate limiter is down, or does not answer", async () => {
    const caller = callerWith({ requestsPerMinute: 5 });
    const down = [
      () => Promise.reject(new Error("x")),
      () => new Promise<never>(() => {}),
      () => assert.fail("thrown"),
    ];
    // Keeps the test alive while nobody answers.
    const alive = setInterval(() => {}, 1000);
    for (const allow of down) {
      await refused(
        takeRequest(caller, undefined, { allow }, () => {}),
        "RATE_LIMITER_UNAVAILABLE",
      );
    }
    clearInterval(alive);
  });

  it("take what another process says in whole numbers only", async () => {
    const take = () => ({ isAllowed: false, remaining: -1, resetS: 2.5 });
    const caller = callerWith({ requestsPerMinute: 5 });
    const error = await takeRequest(caller, undefined, { allow: () => true, take }, ({ standing }) =>
      assert.deepEqual(standing, { isAllowed: false, remaining: 0, resetS: 3 }),
    ).catch((thrown: unknown) => thrown);
    assert.ok(isHaechiError(error, "RATE_LIMITED") && error.retryAfterS === 3);
  });
});

describe("the key of a caller", () => {
  it("is the identity, else the address, else that nothing is known", () => {
    assert.equal(callerKey("tok_auth_01234567", "192.0.2.1"), "tok_auth_01234567");
    assert.notEqual(callerKey(undefined, "192.0.2.1"), callerKey(undefined, "192.0.2.2"));
    assert.equal(callerKey(undefined, "192.0.2.1"), callerKey(undefined, "::ffff:192.0.2.1"));
    assert.equal(callerKey(undefined, undefined), "anonymous:unknown");
    assert.equal(callerKey(undefined, "fe80::1%eth0"), "anonymous:fe80::1%eth0");
  });

  it("is one for all addresses of an IPv6 network", () => {
    assert.equal(callerKey(undefined, "2001:db8:1:2::1"), callerKey(undefined, "2001:db8:1:2:ffff:ffff:ffff:ffff"));
    assert.notEqual(callerKey(undefined, "2001:db8:1:2::1"), callerKey(undefined, "2001:db8:1:3::1"));
    assert.notEqual(callerKey(undefined, "::1"), callerKey(undefined, "::ffff:0.0.0.1"));
  });
});

interface PolicyPart {
  readonly requestsPerMinute?: number;
  readonly budget?: Budget;
  readonly profile?: string | null;
}

function callerWith({ requestsPerMinute, budget, profile = null }: PolicyPart, id?: string): Caller {
  const source = {
    presets: [],
    defaultAction: "allow",
    actions: {},
    allowUnsafeOverrides: false,
    privacyProfile: null,
    modelAllowlist: null,
    requestsPerMinute: requestsPerMinute ?? null,
    budget,
  };
  const policy = compilePolicy(source, profile);
  if (id === undefined) return { identity: null, policy };
  const hashes = { subjectHash: null, issuerHash: null };
  return { identity: { id, type: "user", provider: "test", scopes: [], labels: {}, ...hashes }, policy };
}

async function refused(attempt: Promise<void>, code: Parameters<typeof isHaechiError>[1], reason?: string) {
  await assert.rejects(
    attempt,
    (error) => isHaechiError(error, code) && (reason === undefined || error.reason === reason),
  );
}
