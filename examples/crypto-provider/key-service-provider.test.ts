import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { describe, it } from "node:test";
import { isHaechiError } from "../../packages/haechi/src/public/errors.ts";
import { assertCryptoProviderConformance } from "../../packages/haechi/src/public/testing.ts";
import {
  answerJson,
  chatCompletion,
  recordingUpstream,
} from "../../packages/haechi/test/support/recording-upstream.ts";
import { startHaechi } from "../../packages/haechi/test/support/start-haechi.ts";
import { createKeyServiceProvider, type KeyService } from "./key-service-provider.ts";

const AAD = { purpose: "token-vault", token: "tok_email_0123456789abcdef", type: "email" };

/** A key service in this process: wrapped keys are tickets that it alone can exchange. */
function keyService() {
  const wrapped = new Map<string, Uint8Array>();
  const macKey = randomBytes(32);
  let kid = "service-key-1";
  let isAway = false;
  const calls: string[] = [];
  const called = (name: string) => {
    calls.push(name);
    if (isAway) throw new Error("connect ECONNREFUSED");
  };
  const service: KeyService = {
    async wrap(dataKey) {
      called("wrap");
      const ticket = randomBytes(24);
      wrapped.set(`${kid} ${ticket.toString("hex")}`, Uint8Array.from(dataKey));
      return { kid, wrapped: ticket };
    },
    async unwrap(id, ticket) {
      called("unwrap");
      return wrapped.get(`${id} ${Buffer.from(ticket).toString("hex")}`) ?? null;
    },
    async mac(text) {
      called("mac");
      return createHmac("sha256", macKey).update(text).digest();
    },
  };
  return {
    service,
    calls,
    rotate: () => {
      kid = "service-key-2";
    },
    away: (state: boolean) => {
      isAway = state;
    },
  };
}

describe("the crypto provider that the guide shows", () => {
  it("keeps every promise of the contract", async () => {
    const provider = createKeyServiceProvider({ service: keyService().service, now: Date.now });
    assert.deepEqual(await assertCryptoProviderConformance(provider), { ok: true });
  });

  it("asks the service for a key, and not for every text", async () => {
    const { service, calls } = keyService();
    const provider = createKeyServiceProvider({ service, now: Date.now });
    const envelopes = await Promise.all(
      Array.from({ length: 500 }, (_, index) => provider.encrypt({ plaintext: String(index), aad: AAD })),
    );
    const texts = await Promise.all(envelopes.map((envelope) => provider.decrypt({ envelope, aad: AAD })));
    assert.deepEqual(texts.slice(0, 3), ["0", "1", "2"]);
    assert.deepEqual(calls, ["wrap", "unwrap"]);
  });

  it("says that keys are out of reach, and goes on when they are not", async () => {
    const { service, away } = keyService();
    const provider = createKeyServiceProvider({ service, now: Date.now });
    const envelope = await provider.encrypt({ plaintext: "text", aad: AAD });
    away(true);
    const isAway = (error: unknown) => isHaechiError(error, "KEY_UNAVAILABLE");
    await assert.rejects(provider.decrypt({ envelope, aad: AAD }), isAway);
    await assert.rejects(provider.hmac({ data: "x", domain: "d" }), isAway);
    away(false);
    assert.equal(await provider.decrypt({ envelope, aad: AAD }), "text");
  });

  it("lets a gateway tokenize and restore, and tokens move to a key after a rotation; without it nothing leaves", async (test) => {
    let now = Date.now();
    const { service, rotate, away } = keyService();
    const crypto = createKeyServiceProvider({ service, now: () => now });
    const upstream = await recordingUpstream(test, (response, { body }) =>
      answerJson(response, chatCompletion(/\[TOKEN:[^\]]+\]/.exec(body.toString())?.[0] ?? "none")),
    );
    const policy = { presets: [], actions: { email: "tokenize" as const } };
    const haechi = await startHaechi(
      test,
      upstream.url,
      {
        policy,
        keys: { provider: "external" },
        responseProtection: { enabled: true },
        tokenVault: { detokenizeResponses: true, deterministic: true },
      },
      { crypto },
    );
    const ask = () =>
      fetch(`${haechi.url}/v1/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ model: "m", messages: [{ role: "user", content: "write to minji.kim@example.org" }] }),
      });
    const reply = await ask();
    assert.match(await reply.text(), /minji\.kim@example\.org/);
    assert.ok(!upstream.requests[0]!.everything.includes("minji"));
    rotate();
    now += 2 * 60 * 60 * 1000;
    const { kid, resealed } = await haechi.runtime.vault.reseal();
    assert.deepEqual([kid, resealed], ["service-key-2", 1]);
    assert.equal(await haechi.runtime.vault.countSealedUnder("service-key-1"), 0);
    away(true);
    now += 2 * 60 * 60 * 1000;
    assert.equal((await ask()).status, 503);
    assert.equal(upstream.requests.length, 1);
  });
});
