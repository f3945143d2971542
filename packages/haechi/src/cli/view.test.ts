import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { createView, printable, wantsColor } from "./view.ts";

const plain = createView({ isColored: false });
const colored = createView({ isColored: true });

test("a table has its columns under its head", () => {
  assert.equal(
    plain.table(
      ["type", "count"],
      [
        ["email", "2"],
        ["kr_rrn", "10"],
      ],
    ),
    "type    count\nemail   2\nkr_rrn  10",
  );
});

test("wide characters keep the columns straight", () => {
  assert.equal(
    plain.facts([
      ["이름", "a"],
      ["x", "b"],
    ]),
    "이름  a\nx     b",
  );
});

test("colour changes nothing but colour", () => {
  const rows = [["email", "2"]];
  assert.notEqual(colored.table(["type", "count"], rows), plain.table(["type", "count"], rows));
  assert.equal(stripVTControlCharacters(colored.table(["type", "count"], rows)), plain.table(["type", "count"], rows));
  assert.equal(plain.paint.bad("x"), "x");
});

test("colour is for terminals, and only until somebody says no", () => {
  assert.equal(wantsColor({ write: () => 0, isTTY: true }, {}), true);
  assert.equal(wantsColor({ write: () => 0, isTTY: true }, { NO_COLOR: "" }), true);
  assert.equal(wantsColor({ write: () => 0, isTTY: true }, { NO_COLOR: "1" }), false);
  assert.equal(wantsColor({ write: () => 0, isTTY: true }, { TERM: "dumb" }), false);
  assert.equal(wantsColor({ write: () => 0 }, {}), false);
});

test("text from elsewhere cannot command the terminal", () => {
  assert.equal(printable("a\u001b[2J\u009bb\u202ec\r\n"), "a�[2J�b�c��");
  assert.doesNotMatch(plain.table(["a"], [["\u001b]0;x\u0007"]]), /\p{Cc}(?<!\n)/u);
});
