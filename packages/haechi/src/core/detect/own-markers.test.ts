import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findOwnMarkers } from "./own-markers.ts";

describe("own markers", () => {
  it("are found with their kind, place and inner text", () => {
    const token = `tok_email_${"0af3".repeat(4)}`;
    assert.deepEqual(findOwnMarkers(`to [TOKEN:${token}] and [REDACTED:kr_rrn][HAECHI_ENC:eyJ2Ijox-_]`), [
      { kind: "token", start: 3, end: 37, inner: token },
      { kind: "redacted", start: 42, end: 59, inner: "kr_rrn" },
      { kind: "encrypted", start: 59, end: 82, inner: "eyJ2Ijox-_" },
    ]);
  });

  it("may name a type and a hash in place of a token id", () => {
    assert.deepEqual(findOwnMarkers("[TOKEN:email:0af30af3]")[0]?.inner, "email:0af30af3");
  });

  it("are not what merely looks a little like them", () => {
    for (const text of [
      "[TOKEN:tok_email_0af3]",
      "[TOKEN:email:0af]",
      "[TOKEN:tok_email_ZZZZZZZZZZZZZZZZ]",
      "[REDACTED:Not A Type]",
      "[REDACTED:]",
      "[HAECHI_ENC:a b]",
      "[HAECHI_ENC:abc",
      "TOKEN:email:0af30af3",
    ]) {
      assert.deepEqual(findOwnMarkers(text), [], text);
    }
  });
});
