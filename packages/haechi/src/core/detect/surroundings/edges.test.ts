import assert from "node:assert/strict";
import { test } from "node:test";
import { standing, standingAlone, standingApart, standingAtEdge, standingFirst } from "./edges.ts";

const NUMBER = "\\d{3}";

test("a standing value touches no word, number or fraction", () => {
  const found = valuesOf(standing(NUMBER));
  for (const text of [
    "123",
    "(123)",
    "x=123,",
    "123.",
    "번호123입니다",
    "__123__",
    "- 123",
    "-123",
    "no.123",
    "BSN-123-",
  ])
    assert.deepEqual(found(text), ["123"], text);
  for (const text of ["a123", "123b", "1234", "1-123", "123-4", "0.123", "123.5", "_a_123", "x_123", "--123"])
    assert.deepEqual(found(text), [], text);
});

test("a value that stands first may have figures behind it, not before it", () => {
  const found = valuesOf(standingFirst(NUMBER));
  for (const text of ["123 456 789", "no. 123 4"]) assert.deepEqual(found(text), ["123"], text);
  for (const text of ["9 123", "a123"]) assert.deepEqual(found(text), [], text);
});

test("a value that stands apart has no digits one blank away", () => {
  const found = valuesOf(standingApart(NUMBER));
  for (const text of ["123", "is 123 ok", "123. Next", ": 123", "   123", "_123_"])
    assert.deepEqual(found(text), ["123"], text);
  for (const text of ["9 123", "123 9", "0.123", "x123"]) assert.deepEqual(found(text), [], text);
});

test("a value at an edge opens the text, or closes it or a sentence", () => {
  const found = valuesOf(standingAtEdge(NUMBER));
  for (const text of ["123", "123 is it", "it is 123", "it is 123. Yes", "id:123!"])
    assert.deepEqual(found(text), ["123"], text);
  for (const text of ["is 123 it", "is 123.5", "x123", "123x", "(123)"]) assert.deepEqual(found(text), [], text);
});

test("a value alone has the first line to itself", () => {
  const found = valuesOf(standingAlone(NUMBER));
  for (const text of ["123", "123\nnext"]) assert.deepEqual(found(text), ["123"], text);
  for (const text of ["123 is it", "it is\n123", "123."]) assert.deepEqual(found(text), [], text);
});

function valuesOf(source: string): (text: string) => string[] {
  return (text) => [...text.matchAll(new RegExp(source, "g"))].map((match) => match.groups?.value ?? "");
}
