import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isHaechiError } from "../../core/errors.ts";
import { createGuardedKeyFetcher } from "./guarded-key-fetcher.ts";

describe("guarded key fetcher", () => {
  it("fetches once and serves what it has while it is fresh", async () => {
    const { fetcher, pass, served } = setUp(["one", "two"]);
    assert.equal(await fetcher.get(), "one");
    pass(299_999);
    assert.equal(await fetcher.get(), "one");
    pass(1);
    assert.equal(await fetcher.get(), "two");
    assert.equal(served(), 2);
  });

  it("fetches no more than once in a cooldown, however often newer keys are asked for", async () => {
    const { fetcher, pass, served } = setUp(["one", "two", "three"]);
    await fetcher.get();
    pass(59_999);
    assert.equal(await fetcher.get({ refresh: true }), "one");
    pass(1);
    assert.equal(await fetcher.get({ refresh: true }), "two");
    assert.equal(await fetcher.get({ refresh: true }), "two");
    assert.equal(served(), 2);
  });

  it("serves stale keys while their server is down, and tries again after the cooldown", async () => {
    const { fetcher, pass, served } = setUp(["one", new Error("down"), "three"]);
    await fetcher.get();
    pass(300_000);
    assert.equal(await fetcher.get(), "one");
    assert.equal(await fetcher.get(), "one");
    assert.equal(served(), 2);
    pass(60_000);
    assert.equal(await fetcher.get(), "three");
  });

  it("throws while it has none, without asking again within the cooldown", async () => {
    const { fetcher, pass, served } = setUp([new Error("down"), "two"]);
    await assert.rejects(fetcher.get(), (error) => isHaechiError(error, "KEY_UNAVAILABLE"));
    await assert.rejects(fetcher.get(), (error) => isHaechiError(error, "KEY_UNAVAILABLE"));
    assert.equal(served(), 1);
    pass(60_000);
    assert.equal(await fetcher.get(), "two");
  });

  it("asks again when the clock was set back", async () => {
    const { fetcher, pass } = setUp(["one", "two"]);
    await fetcher.get();
    pass(-86_400_000);
    assert.equal(await fetcher.get(), "two");
  });

  it("shares one fetch among callers that wait at the same time", async () => {
    const { fetcher, served } = setUp(["one", "two"]);
    assert.deepEqual(await Promise.all([fetcher.get(), fetcher.get(), fetcher.get()]), ["one", "one", "one"]);
    assert.equal(served(), 1);
  });
});

function setUp(answers: readonly (string | Error)[]) {
  let now = 1_000_000;
  let served = 0;
  const fetcher = createGuardedKeyFetcher({
    url: "https://keys.example/",
    clock: { now: () => now },
    fetchText: async () => {
      const answer = answers[served++];
      if (typeof answer === "string") return answer;
      throw answer;
    },
  });
  const pass = (ms: number) => {
    now += ms;
  };
  return { fetcher, pass, served: () => served };
}
