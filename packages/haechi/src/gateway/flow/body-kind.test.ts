import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bodyKind } from "./read-body.ts";

const length = ["Content-Length", "2"];

describe("bodyKind", () => {
  it("is none without an announced body, whatever the type", () => {
    assert.equal(bodyKind([]), "none");
    assert.equal(bodyKind(["content-length", "0", "content-type", "text/plain", "content-encoding", "gzip"]), "none");
  });

  it("is JSON for JSON types in UTF-8, and without a type", () => {
    assert.equal(bodyKind(length), "json");
    for (const type of [
      "application/json",
      "Application/JSON; charset=UTF-8",
      'application/json;charset="utf-8"',
      "application/json;",
      "text/json",
      "application/vnd.api+json",
    ]) {
      assert.equal(bodyKind([...length, "Content-Type", type]), "json", type);
    }
    assert.equal(bodyKind(["Transfer-Encoding", "chunked"]), "json");
  });

  it("is not JSON for any other type, another charset, or two types", () => {
    for (const type of [
      "text/plain",
      "multipart/form-data; boundary=x",
      "application/x-www-form-urlencoded",
      "application/jsonp",
      "application/x-ndjson",
      "application/json; charset=utf-16",
      "application/json, text/plain",
      "",
    ]) {
      assert.equal(bodyKind([...length, "Content-Type", type]), "not-json", type);
    }
    const twice = ["content-type", "application/json"];
    assert.equal(bodyKind([...length, ...twice, ...twice]), "not-json");
  });

  it("is encoded under any coding but identity", () => {
    assert.equal(bodyKind([...length, "Content-Encoding", "identity"]), "json");
    for (const coding of ["gzip", "identity, gzip", "x"]) {
      assert.equal(bodyKind([...length, "Content-Encoding", coding]), "encoded");
    }
    assert.equal(bodyKind([...length, "content-encoding", "identity", "content-encoding", "br"]), "encoded");
  });
});
