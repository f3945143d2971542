import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isHaechiError } from "../core/errors.ts";
import type { Authenticator } from "../ports/authenticator.ts";
import { checkedAuthenticator } from "./checked-authenticator.ts";

const request = { method: "POST", headers: {}, remoteAddress: "127.0.0.1" };
const identity = {
  id: "directory:1",
  type: "user",
  subjectHash: null,
  issuerHash: null,
  provider: "directory",
  scopes: [],
  labels: { team: "a", mail: "minji@example.com" },
} as const;
const answering = (answer: () => unknown) =>
  checkedAuthenticator({ authenticate: async () => answer() } as Authenticator, ["team"], 20);

describe("an authenticator from outside", () => {
  it("says who somebody is, in allowed labels", async () => {
    assert.deepEqual((await answering(() => identity).authenticate(request))?.labels, { team: "a" });
  });

  it("lets nobody in by saying null, something else, nothing, or nothing in time", async () => {
    assert.equal(await answering(() => null).authenticate(request), null);
    const refused = (error: unknown) => isHaechiError(error, "PROVIDER_INVALID");
    await assert.rejects(answering(() => undefined).authenticate(request), refused);
    await assert.rejects(answering(() => true).authenticate(request), refused);
    await assert.rejects(answering(() => ({ ...identity, id: "" })).authenticate(request), refused);
    // Keeps the test alive while the authenticator thinks.
    const alive = setInterval(() => {}, 1000);
    await assert.rejects(answering(() => new Promise(() => {})).authenticate(request), refused);
    clearInterval(alive);
  });

  it("names its header in any case, and is closed with the gateway", async () => {
    let isClosed = false;
    const own: Authenticator = {
      header: "X-Company-Login",
      authenticate: async () => null,
      close: async () => {
        isClosed = true;
      },
    };
    const checked = checkedAuthenticator(own, []);
    assert.equal(checked.header, "x-company-login");
    await checked.close?.();
    assert.ok(isClosed);
    assert.ok(!("header" in checkedAuthenticator({ authenticate: async () => null }, [])));
  });
});
