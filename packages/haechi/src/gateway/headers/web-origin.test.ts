import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type WebRuleOptions, webRules } from "./web-origin.ts";

const local: WebRuleOptions = {
  bindHost: "127.0.0.1",
  servesTls: false,
  allowedHosts: null,
  allowedOrigins: null,
  asksForCredentials: false,
};
const remote = { ...local, bindHost: "0.0.0.0" };

const hosts = (options: WebRuleOptions, ...names: string[]) =>
  names.filter((name) => webRules(options).isHostAllowed(["Host", name]));
const origins = (options: WebRuleOptions, ...headers: string[][]) =>
  headers.filter((list) => webRules(options).isOriginAllowed(["host", "localhost:11016", ...list])).map(String);

describe("names of the gateway", () => {
  const own = ["localhost", "LOCALHOST:11016", "localhost.", "app.localhost:1", "127.0.0.1:11016", "[::1]:1", "[::1]"];
  const others = ["evil.example", "evil.example:11016", "localhost.evil.example", "127.0.0.1.evil.example", "x"];
  const odd = ["", " ", ":11016", "a:b", "[::1", "evil.example, localhost", "localhost:1:2", "user@localhost"];

  it("are those of this machine and addresses, where it listens on this machine", () => {
    assert.deepEqual(hosts(local, ...own, "192.0.2.1", ...others, ...odd), [...own, "192.0.2.1"]);
    assert.equal(webRules(local).isHostAllowed([]), false);
  });

  it("are further ones where they are allowed, and the one that it listens on", () => {
    const options = { ...local, allowedHosts: ["Gateway.example"] };
    assert.deepEqual(hosts(options, "gateway.example:443", "gateway.example.", ...others), [
      "gateway.example:443",
      "gateway.example.",
    ]);
    assert.deepEqual(hosts({ ...options, bindHost: "box.internal" }, "box.internal", "evil.example"), ["box.internal"]);
  });

  it("are any where it serves a network, unless they are said", () => {
    assert.deepEqual(hosts(remote, ...others), others);
    assert.deepEqual(hosts({ ...remote, allowedHosts: ["gateway.example"] }, "gateway.example", ...others), [
      "gateway.example",
    ]);
  });
});

describe("web pages", () => {
  const foreign = [
    ["origin", "http://evil.example"],
    ["origin", "https://localhost:11016"],
    ["origin", "http://localhost:3000"],
    ["origin", "null"],
    ["origin", ""],
    ["sec-fetch-site", "cross-site"],
    ["sec-fetch-site", "same-site"],
    ["sec-fetch-site", "whatever"],
  ];
  const harmless = [
    [],
    ["Origin", "http://LOCALHOST:11016"],
    ["sec-fetch-site", "none"],
    ["sec-fetch-site", "same-origin"],
  ];

  it("of others are refused where nobody has to log in", () => {
    assert.deepEqual(origins(local, ...harmless, ...foreign), harmless.map(String));
    assert.deepEqual(origins(remote, ...harmless, ...foreign), harmless.map(String));
  });

  it("of others would need a credential where everybody has to log in", () => {
    assert.equal(origins({ ...local, asksForCredentials: true }, ...foreign).length, foreign.length);
  });

  it("are let in by their origin where it is allowed, and no others then", () => {
    for (const asksForCredentials of [true, false]) {
      const options = { ...local, asksForCredentials, allowedOrigins: ["http://localhost:3000"] };
      assert.deepEqual(origins(options, ...foreign), ["origin,http://localhost:3000"]);
      const withSite = ["origin", "http://localhost:3000", "sec-fetch-site", "cross-site"];
      assert.deepEqual(origins(options, withSite), [String(withSite)]);
    }
  });

  it("of a rebound name are not the gateway's own", () => {
    const { isOriginAllowed } = webRules(local);
    assert.equal(isOriginAllowed(["host", "evil.example:11016", "origin", "http://evil.example:11016"]), false);
  });
});
