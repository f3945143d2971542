import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bodyType } from "./body-type.ts";

describe("the type of a body", () => {
  it("is read whatever white space stands around its parameters", () => {
    for (const value of [
      "text/plain",
      " TEXT/plain ; charset = utf-8 ; ",
      'text/plain;charset="UTF-8"',
      "text/plain;",
      "text/plain ; ",
    ]) {
      assert.deepEqual(bodyType([value]), { kind: "text" }, value);
    }
    for (const value of ["text/plain;;", "text/plain; charset=utf-16", "text/plain; note=x", "text", "text/plain x"]) {
      assert.deepEqual(bodyType([value]), { kind: "unsupported" }, value);
    }
  });

  it("is read in one pass, however much white space there is", () => {
    // Tried from each blank anew, this would not end while anybody waits.
    assert.deepEqual(bodyType([`text/plain${" ".repeat(1_000_000)}x`]), { kind: "unsupported" });
  });
});
