import assert from "node:assert/strict";
import { test } from "node:test";
import { standsInUrl } from "./url-context.ts";

test("an address goes on until white space, a quote or an angle bracket", () => {
  for (const text of [
    "https://evil.example/?q=",
    "see HTTPS://evil.example/a,b;",
    "//evil.example/",
    "![](https://evil.example/",
    "[mail](",
    "[x](/relative/",
    "[x](<https://evil.example/a b ",
    '<img src="',
    "<a href = '/x?",
    "background: url(",
    "ftp://[::1]/",
    '{"url":"https:\\/\\/evil.example\\/',
  ]) {
    assert.ok(standsInUrl(text), text);
  }
  for (const text of [
    "",
    "Dear ",
    "https://example.com is the page of ",
    '{"url":"https://example.com","name":"',
    "[x](https://example.com) by ",
    "<https://example.com>",
    "mailto:",
    "a/b/",
    "(",
  ]) {
    assert.ok(!standsInUrl(text), text);
  }
});

test("a long text is looked at from its end", () => {
  assert.ok(!standsInUrl(`https://example.com/${"x".repeat(3000)}`));
  assert.ok(standsInUrl(`${"x".repeat(100_000)} https://example.com/`));
});
