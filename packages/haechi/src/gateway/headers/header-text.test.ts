import assert from "node:assert/strict";
import { test } from "node:test";
import { headerSaying, headerText } from "./header-text.ts";

const onTheWire = (text: string) => Buffer.from(text, "utf8").toString("latin1");

test("a value says what its bytes say in UTF-8, and else what its characters say", () => {
  assert.equal(headerText(onTheWire("비밀번호 ４１１１")), "비밀번호 ４１１１");
  for (const value of ["plain", "caf\u00e9", "\ud55c"]) assert.equal(headerText(value), value);
});

test("a value that still says the same stays as it is, and another is written in UTF-8", () => {
  const value = onTheWire("카드 ４１１１");
  assert.equal(headerSaying("카드 ４１１１", value), value);
  assert.equal(headerSaying("카드 [REDACTED:card]", value), onTheWire("카드 [REDACTED:card]"));
  assert.equal(headerSaying("caf\u00e9", "caf\u00e9"), "caf\u00e9");
});
