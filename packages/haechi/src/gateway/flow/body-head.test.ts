import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bodyHead } from "./read-body.ts";

const length = ["Content-Length", "2"];
const kindOf = (...headers: readonly string[]) => bodyHead([...length, ...headers])!.type.kind;
const refusal = (code: string, ...headers: readonly string[]) =>
  assert.throws(() => bodyHead([...length, ...headers]), { code }, headers.join(" "));

describe("what headers say about a body", () => {
  it("is nothing without an announced body, whatever the type", () => {
    assert.equal(bodyHead([]), null);
    assert.equal(bodyHead(["content-length", "0", "content-type", "x", "content-encoding", "y"]), null);
  });

  it("is JSON for JSON types in UTF-8, and without a type", () => {
    for (const type of [
      "application/json",
      "Application/JSON; charset=UTF-8",
      'application/json;charset="utf-8"',
      "application/json;",
      "text/json",
      "application/vnd.api+json",
    ]) {
      assert.equal(kindOf("Content-Type", type), "json", type);
    }
    assert.equal(bodyHead(["Transfer-Encoding", "chunked"])!.type.kind, "json");
  });

  it("is the kind that the type names", () => {
    for (const [type, kind] of [
      ["application/x-ndjson", "lines"],
      ["application/jsonl; charset=utf-8", "lines"],
      ["text/plain;charset=us-ascii", "text"],
      ["image/svg+xml", "text"],
      ["application/x-www-form-urlencoded", "form"],
      ['multipart/form-data; boundary="a b"', "multipart"],
      ["audio/wav", "media"],
      ["application/pdf", "media"],
    ] as const) {
      assert.equal(kindOf("content-type", type), kind, type);
    }
  });

  it("is refused for what has another reading, or none", () => {
    for (const type of [
      "application/jsonp",
      "application/json; charset=utf-16",
      "text/plain; charset=iso-8859-1",
      "application/json, text/plain",
      "application/json; minji=1",
      "application/json; boundary=x",
      "application/json; charset=utf-8; charset=utf-8",
      "multipart/form-data",
      "multipart/mixed; boundary=x",
      `multipart/form-data; boundary=${"x".repeat(71)}`,
      "application/x-sh",
      "",
    ]) {
      refusal("REQUEST_TYPE_UNSUPPORTED", "Content-Type", type);
    }
    const once = ["content-type", "application/json"];
    refusal("REQUEST_TYPE_UNSUPPORTED", ...once, ...once);
  });

  it("is refused for the types that a web page may send unasked, when a page sends them", () => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
      assert.doesNotThrow(() => kindOf("content-type", type, "sec-fetch-site", "none"));
      refusal("REQUEST_TYPE_UNSUPPORTED", "content-type", type, "origin", "http://evil.example");
      refusal("REQUEST_TYPE_UNSUPPORTED", "content-type", type, "sec-fetch-site", "cross-site");
    }
  });

  it("names the codings in their order, without identity, and only those that can be undone", () => {
    const codings = (...headers: readonly string[]) =>
      bodyHead([...length, ...headers])!.codings.map(({ name }) => name);
    assert.deepEqual(codings("Content-Encoding", "identity"), []);
    assert.deepEqual(codings("Content-Encoding", "GZIP, br", "content-encoding", "zstd"), ["gzip", "br", "zstd"]);
    for (const coding of ["compress", "gzip, x", "gzip, gzip, gzip, gzip"]) {
      refusal("REQUEST_ENCODING_UNSUPPORTED", "Content-Encoding", coding);
    }
  });
});
