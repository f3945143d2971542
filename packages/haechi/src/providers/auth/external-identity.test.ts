import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, it } from "node:test";
import { isHaechiError } from "../../core/errors.ts";
import type { CryptoProvider } from "../../ports/crypto-provider.ts";
import { type ExternalSubject, externalIdentity } from "./external-identity.ts";

const subject: ExternalSubject = {
  provider: "jwt",
  subject: "minji@example.org",
  issuer: "https://login.example.org",
  type: "user",
};

function cryptoUnder(key: string): CryptoProvider {
  return {
    encrypt: () => assert.fail("nothing is encrypted"),
    decrypt: () => assert.fail("nothing is decrypted"),
    hmac: async ({ data, domain }) => createHmac("sha256", `${key}:${domain}`).update(data).digest("hex"),
  };
}

const crypto = cryptoUnder("one");
const identityOf = (changes: Partial<ExternalSubject> = {}, under = crypto) =>
  externalIdentity({ ...subject, ...changes }, under, ["team"]);

describe("externalIdentity", () => {
  it("is the same for one person, and another for every other subject, issuer and key", async () => {
    const first = await identityOf();
    assert.deepEqual(await identityOf(), first);
    assert.match(first.id, /^jwt:[0-9a-f]{16}$/);
    assert.equal(first.id, `jwt:${first.subjectHash?.slice(0, 16)}`);
    const others = [
      await identityOf({ subject: "minjae@example.org" }),
      await identityOf({ issuer: "https://login.example.com" }),
      await identityOf({}, cryptoUnder("two")),
    ];
    assert.equal(new Set([first, ...others].map(({ id }) => id)).size, 4);
    assert.equal((await identityOf({ subject: "minjae@example.org" })).issuerHash, first.issuerHash);
    assert.notEqual(others[1]!.issuerHash, first.issuerHash);
  });

  it("has neither subject nor issuer in it, and no labels but those that are allowed", async () => {
    const identity = await identityOf({ scopes: ["chat"], labels: { team: "search", mail: "minji" } });
    assert.doesNotMatch(JSON.stringify(identity), /minji|login/);
    assert.deepEqual([identity.scopes, identity.labels], [["chat"], { team: "search" }]);
    const { scopes, labels, type, provider } = await identityOf();
    assert.deepEqual([scopes, labels, type, provider], [[], {}, "user", "jwt"]);
  });

  it("is refused by a crypto provider that hashes nothing, and with what no record can hold", async () => {
    const { hmac: _, ...without } = crypto;
    const invalid = (error: unknown) => isHaechiError(error, "PROVIDER_INVALID");
    await assert.rejects(identityOf({}, without), invalid);
    await assert.rejects(identityOf({ provider: "a b" }), invalid);
    await assert.rejects(identityOf({ scopes: ["a b"] }), invalid);
  });
});
