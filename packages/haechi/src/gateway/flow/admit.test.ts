import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type HaechiErrorCode, isHaechiError } from "../../core/errors.ts";
import type { Exchange } from "../exchange.ts";
import { hopRules } from "../headers/client-address.ts";
import { createInFlight } from "../listen/in-flight.ts";
import { admit, isOriginForm } from "./admit.ts";

const web = { isHostAllowed: () => true, isOriginAllowed: () => true, namedOrigin: () => null };
const open = { requiresCertificate: false, hops: hopRules(null, "x-forwarded-for"), web };

describe("isOriginForm", () => {
  const plain = [
    "/",
    "/v1/chat/completions",
    "/v1beta/models/gemini-2.5-pro:generateContent?key=abc&alt=sse",
    "/v1/files/a.b..c/content",
    "/v1/models/org%2Fname",
    "/v1/models/%ED%95%9C",
    "/a/.well-known/...",
    "/a?next=//host/../x&b=%2e%2e",
    "/a;v=1/b",
    "/100%25",
  ];
  for (const target of plain) it(`accepts ${target}`, () => assert.ok(isOriginForm(target)));

  const crooked = [
    "",
    "*",
    "v1/x",
    "http://127.0.0.1:1/x",
    "HTTP://h/",
    "//127.0.0.1:1/x",
    "/.//127.0.0.1:1/x",
    "/..//127.0.0.1:1/x",
    "/a/..//127.0.0.1:1/x",
    "/a//b",
    "/.",
    "/..",
    "/a/.",
    "/a/..?x",
    "/a/./b",
    "/a/../b",
    "/%2e/x",
    "/%2E%2e/x",
    "/.%2e/x",
    "/a/%2e%2e/b",
    "/a%2f..%2fb",
    "/a%2f%2e%2e",
    "/%252e%252e/x",
    "/%25252e/x",
    "/..;/x",
    "/a/..;v=1/x",
    "/%2f127.0.0.1/x",
    "/\\127.0.0.1/x",
    "/a\\..\\b",
    "/a%5cb",
    "/a%00",
    "/a%0d%0ab",
    "/a#b",
    "/a b",
    "/a\tb",
    "/a\u0000b",
    "/a\u007f",
    "/caf\u00e9",
    "/\u3002",
    "/%c0%ae%c0%ae/x",
    "/%",
    "/%zz",
    "/%e9",
    "?x",
  ];
  for (const target of crooked) {
    it(`refuses ${JSON.stringify(target)}`, () => assert.equal(isOriginForm(target), false));
  }

  it("accepts only what a URL parser leaves as it is, on its own host", () => {
    const piece = fc.constantFrom("/", ".", "..", "%2e", "%2F", "%5c", "\\", ";", "a", "?", "#", "@", ":", "//", "%25");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const target = `/${pieces.join("")}`;
        if (!isOriginForm(target)) return;
        const url = new URL(target, "http://upstream.test");
        assert.equal(url.host, "upstream.test");
        assert.equal(url.pathname + (target.includes("?") ? target.slice(target.indexOf("?")) : ""), target);
      }),
      { numRuns: 5000 },
    );
  });
});

describe("admit", () => {
  it("lets a plain exchange in", () => {
    admit(exchangeOf({}), { inFlight: createInFlight(ceiling(0)), requiresForwardedProto: false, ...open });
  });

  it("refuses at the ceiling before anything else is looked at", () => {
    const inFlight = createInFlight(ceiling(1));
    const leave = inFlight.enter({});
    const rules = { inFlight, requiresForwardedProto: true, ...open };
    throwsWith("OVERLOADED", () => admit(exchangeOf({ target: "//x" }), rules));
    leave();
    throwsWith("FORWARDED_PROTO_REQUIRED", () => admit(exchangeOf({ target: "//x" }), rules));
  });

  it("asks the hop nearest the client for https", () => {
    const rules = { inFlight: createInFlight(ceiling(0)), requiresForwardedProto: true, ...open };
    for (const proto of ["https", "HTTPS", " https , http"]) {
      admit(exchangeOf({ headers: ["X-Forwarded-Proto", proto] }), rules);
    }
    for (const headers of [
      [],
      ["x-forwarded-proto", "http"],
      ["x-forwarded-proto", ""],
      ["x-forwarded-proto", "http, https"],
      ["x-forwarded-proto", "https2"],
    ]) {
      throwsWith("FORWARDED_PROTO_REQUIRED", () => admit(exchangeOf({ headers }), rules));
    }
  });

  it("does not ask for https where no hop is trusted to say it", () => {
    const rules = { inFlight: createInFlight(ceiling(0)), requiresForwardedProto: false, ...open };
    admit(exchangeOf({ headers: ["x-forwarded-proto", "http"] }), rules);
    throwsWith("TARGET_INVALID", () => admit(exchangeOf({ target: "/../x" }), rules));
  });
});

describe("a peer", () => {
  const plain = { inFlight: createInFlight(ceiling(0)), requiresForwardedProto: false, ...open };

  it("must have shown a certificate where one is asked for", () => {
    const rules = { ...plain, requiresCertificate: true };
    admit(exchangeOf({ socket: { authorized: true } }), rules);
    for (const socket of [{}, { authorized: false }, { authorized: "yes" }]) {
      throwsWith("CLIENT_CERTIFICATE_REQUIRED", () => admit(exchangeOf({ socket }), rules));
    }
  });

  it("must be a trusted hop to say that a request came over TLS, where hops are named", () => {
    const rules = { ...plain, requiresForwardedProto: true, hops: hopRules(["10.0.0.0/8"], "x-forwarded-for") };
    const headers = ["x-forwarded-proto", "https"];
    admit(exchangeOf({ headers, socket: { remoteAddress: "10.0.0.1" } }), rules);
    const stranger = exchangeOf({ headers, socket: { remoteAddress: "192.0.2.1" } });
    throwsWith("FORWARDED_PROTO_REQUIRED", () => admit(stranger, rules));
  });
});

describe("a head", () => {
  const rules = () => ({ inFlight: createInFlight(ceiling(0)), requiresForwardedProto: false, ...open });
  const plain = [[], ["Transfer-Encoding", "Chunked"], ["content-length", "1"], ["expect", "100-Continue"]];
  const crooked = [
    ["host", "y"],
    ["transfer-encoding", "gzip, chunked"],
    ["transfer-encoding", "chunked", "Transfer-Encoding", "chunked"],
    ["transfer-encoding", "chunked", "content-length", "1"],
    ["transfer-encoding", "identity"],
    ["expect", "200-ok"],
    ["authorization", "Bearer a", "Authorization", "Bearer b"],
    ["x-api-key", "a", "X-API-Key", "a"],
  ];

  it("is let in when every server reads the same end of the request from it", () => {
    for (const headers of plain) admit(exchangeOf({ headers }), rules());
  });

  it("is refused otherwise", () => {
    for (const headers of crooked) throwsWith("HEADER_INVALID", () => admit(exchangeOf({ headers }), rules()));
    const chunkedBeforeItWas = exchangeOf({ headers: ["transfer-encoding", "chunked"], httpVersion: "1.0" });
    throwsWith("HEADER_INVALID", () => admit(chunkedBeforeItWas, rules()));
  });
});

describe("in flight", () => {
  it("gives each place out once and takes it back once", () => {
    const inFlight = createInFlight(ceiling(2));
    const [first] = [inFlight.enter({}), inFlight.enter({})];
    throwsWith("OVERLOADED", () => inFlight.enter({}));
    first?.();
    first?.();
    assert.equal(inFlight.count, 1);
    assert.ok(inFlight.obstacle() === null);
  });

  it("has no ceiling at zero", () => {
    const inFlight = createInFlight(ceiling(0));
    for (let exchange = 0; exchange < 1000; exchange++) inFlight.enter({});
    assert.ok(inFlight.obstacle() === null);
  });
});

// Only what admit looks at.
function exchangeOf({ target = "/v1/x", headers = [] as string[], httpVersion = "1.1", socket = {} }): Exchange {
  return { target, request: { rawHeaders: ["Host", "x", ...headers], httpVersion, socket } } as unknown as Exchange;
}

function throwsWith(code: HaechiErrorCode, work: () => unknown): void {
  assert.throws(work, (error) => isHaechiError(error, code));
}

function ceiling(exchangesMax: number) {
  return { exchangesMax, loopDelayMaxMs: 0 };
}
