import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { clientHeaders } from "./to-client.ts";
import { upstreamHeaders } from "./to-upstream.ts";

const strict = {
  forwardsAuthorization: false,
  credentialHeader: null,
  forwardsProviderKeys: true,
  forwardHeaders: [],
};

describe("upstream headers", () => {
  it("pass the providers' own headers on, lower-case and in order", () => {
    const headers = ["X-Api-Key", "k", "Anthropic-Version", "v", "x-goog-api-key", "g", "User-Agent", "u"];
    assert.deepEqual(upstreamHeaders(headers, strict), [
      ...["x-api-key", "k", "anthropic-version", "v", "x-goog-api-key", "g", "user-agent", "u"],
      ...["accept-encoding", "identity"],
    ]);
  });

  it("never carry the gateway's credentials, cookies, framing or anything unlisted", () => {
    const names = ["authorization", "cookie", "proxy-authorization", "host", "te", "upgrade", "x-forwarded-for"];
    const headers = names.flatMap((name) => [name, "secret"]);
    assert.deepEqual(upstreamHeaders(headers, strict), ["accept-encoding", "identity"]);
    // Even where the configuration names them.
    const forwardHeaders = [...names.slice(1, -1), "content-length", "content-type", "expect"];
    assert.deepEqual(upstreamHeaders(headers, { ...strict, forwardHeaders }), ["accept-encoding", "identity"]);
  });

  it("carry Authorization only where the gateway asks for none itself", () => {
    const headers = ["Authorization", "Bearer x"];
    assert.ok(!upstreamHeaders(headers, strict).includes("authorization"));
    assert.ok(upstreamHeaders(headers, { ...strict, forwardsAuthorization: true }).includes("Bearer x"));
  });

  it("carry no key of the client where the gateway sends one of its own, not even one that the configuration adds", () => {
    const names = ["authorization", "x-api-key", "X-Goog-Api-Key", "api-key"];
    const forwardHeaders = ["x-api-key", "api-key"];
    const rules = { ...strict, forwardsAuthorization: true, forwardsProviderKeys: false, forwardHeaders };
    const headers = names.flatMap((name) => [name, "secret"]);
    assert.deepEqual(upstreamHeaders(headers, rules), ["accept-encoding", "identity"]);
  });

  it("carry no header that an authenticator reads, whoever else would like to", () => {
    for (const name of ["x-api-key", "x-company-login", "x-haechi-token"]) {
      const rules = { ...strict, credentialHeader: name, forwardHeaders: [name] };
      assert.deepEqual(upstreamHeaders([name, "secret"], rules), ["accept-encoding", "identity"]);
    }
    const elsewhere = { ...strict, forwardHeaders: ["x-haechi-token"] };
    assert.deepEqual(upstreamHeaders(["X-Haechi-Token", "secret"], elsewhere), ["accept-encoding", "identity"]);
  });

  it("carry the headers that the configuration adds", () => {
    const rules = { ...strict, forwardHeaders: ["x-trace"] };
    assert.deepEqual(upstreamHeaders(["X-Trace", "1"], rules).slice(0, 2), ["x-trace", "1"]);
  });

  it("do not carry a header that the connection's options name", () => {
    const headers = ["Connection", "close, X-Api-Key", "connection", "accept", "X-Api-Key", "k", "Accept", "a"];
    assert.deepEqual(upstreamHeaders(headers, strict), ["accept-encoding", "identity"]);
  });

  it("name the type and the coding of a body as the client did, and only of a body", () => {
    const sent = ["content-type", "Application/JSON;charset=utf-8", "content-encoding", "gzip"];
    for (const announced of [
      ["Content-Length", "2"],
      ["Transfer-Encoding", "chunked"],
    ]) {
      assert.deepEqual(upstreamHeaders([...announced, ...sent], strict), [...sent, "accept-encoding", "identity"]);
      const json = ["content-type", "application/json"];
      assert.deepEqual(upstreamHeaders(announced, strict), [...json, "accept-encoding", "identity"]);
    }
    assert.deepEqual(upstreamHeaders(["Content-Length", "0", ...sent], strict), ["accept-encoding", "identity"]);
  });

  it("leave the coding to the client only where nobody inspects the response", () => {
    const headers = ["Accept-Encoding", "gzip"];
    assert.deepEqual(upstreamHeaders(headers, strict), ["accept-encoding", "identity"]);
    assert.deepEqual(upstreamHeaders(headers, strict, "as-asked"), ["accept-encoding", "gzip"]);
  });

  it("never carry a value of a name outside the lists", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^x-[a-z]{1,8}$/), { maxLength: 20 }), (names) => {
        const list = names.filter((name) => name !== "x-api-key").flatMap((name) => [name, "v"]);
        assert.deepEqual(upstreamHeaders(list, strict), ["accept-encoding", "identity"]);
      }),
    );
  });
});

describe("client headers", () => {
  const untouched = { transformed: false, bodyLength: null, decoded: false };

  it("pass the upstream's headers on, repeated ones too", () => {
    const headers = ["content-type", "application/json", "set-cookie", "a", "set-cookie", "b", "x-request-id", "1"];
    assert.deepEqual(clientHeaders(headers, untouched), headers);
  });

  it("drop what was for the gateway's own connection, and a way around the gateway", () => {
    const own = ["connection", "transfer-encoding", "keep-alive", "te", "trailer", "upgrade", "proxy-authenticate"];
    const headers = [...own, "content-length", "alt-svc"].flatMap((name) => [name, "x"]);
    assert.deepEqual(clientHeaders(headers, untouched), []);
    assert.deepEqual(clientHeaders(["connection", "X-Hop", "x-hop", "1", "x-end", "2"], untouched), ["x-end", "2"]);
  });

  it("name the length of what is sent", () => {
    const headers = clientHeaders(["content-length", "5"], { ...untouched, bodyLength: 7 });
    assert.deepEqual(headers, ["content-length", "7"]);
  });

  it("keep a content coding until it is removed", () => {
    const gzip = ["content-encoding", "gzip"];
    assert.deepEqual(clientHeaders(gzip, untouched), gzip);
    assert.deepEqual(clientHeaders(gzip, { ...untouched, decoded: true }), []);
  });

  it("drop validators and digests of a body that was changed, and forbid to store it", () => {
    const about = ["etag", "content-md5", "digest", "repr-digest", "last-modified", "cache-control"];
    const headers = about.flatMap((name) => [name, "x"]);
    assert.deepEqual(clientHeaders(headers, untouched), headers);
    assert.deepEqual(clientHeaders(headers, { ...untouched, transformed: true }), ["cache-control", "no-store"]);
  });
});
