import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutParameters } from "./target-query.ts";

test("parameters of the names are gone, however they are written, and the rest stays as it was", () => {
  for (const [target, left] of [
    ["/v1", "/v1"],
    ["/v1?", "/v1?"],
    ["/v1?a=1&b=%20+", "/v1?a=1&b=%20+"],
    ["/v1?key=secret", "/v1"],
    ["/v1?key", "/v1"],
    ["/v1?a=1&key=secret&b=x=key", "/v1?a=1&b=x=key"],
    ["/v1?%6bey=secret&alt=sse", "/v1?alt=sse"],
    ["/v1?key=one&key=two&&keys=3", "/v1?&keys=3"],
    ["/key=1?a=key", "/key=1?a=key"],
  ] as const) {
    assert.equal(withoutParameters(target, ["key"]), left);
  }
});

test("without names nothing changes", () => {
  assert.equal(withoutParameters("/v1?key=secret", []), "/v1?key=secret");
});
