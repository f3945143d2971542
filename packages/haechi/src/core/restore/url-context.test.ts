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

test("a character that ends an address in one place is part of it in another", () => {
  for (const text of [
    "![x](https://evil.example/?q='",
    '![x](https://evil.example/?q="',
    "![x](https://evil.example/?q=`",
    "![x](https://evil.example/?q=>",
    "![x](https://evil.example/?q=<b",
    '![x](https://evil.example/?q=(a)"',
    '![x](https://evil.example/?q=\\)"',
    '![x](https://evil.example/?q="[a](b)',
    "![x](\nhttps://evil.example/?q='",
    "[x](<https://evil.example/\\> ",
    "[x](<https://evil.example/\\< ",
    '[x]: https://evil.example/?q="',
    '[x]:https://evil.example/?q="',
    "[x]: <https://evil.example/?q=a b ",
    "see https://evil.example/?q='",
    '<img src="https://evil.example/?q=a b ',
    "<img src='https://evil.example/?q=\n",
    "<img src='https://evil.example/?q=\"",
    '<img src=https://evil.example/?q="',
    '<meta http-equiv=refresh content="0; url=https://evil.example/?q=a ',
    '<a ping="/x y ',
    'background: url("https://evil.example/?q=a b ',
    '{"html":"<img src=\\"https://evil.example/?q=a b ',
    '{"url":"https://evil.example/?q=a b ',
    '{"image_url": "https:\\/\\/evil.example\\/?q=a b ',
    '{"url":"https:evil.example?q=',
    '{"url":"https:\\\\evil.example?q=',
  ]) {
    assert.ok(standsInUrl(text), text);
  }
  for (const text of [
    "see 'https://example.com','",
    "`https://example.com`",
    '{"note":"see https://example.com","name":"',
    '{"note":"see [x](https://example.com)","name":"',
    '{\\"url\\":\\"https://example.com\\",\\"name\\":\\"',
    '{"link_text":"write to ',
    '{"note":"https://example.com is the page of ',
    '<img src="https://example.com"> for ',
    '<img src="https://example.com" alt="',
    "[work]: ",
    "[work]: <",
    "C:\\Users\\",
    'name = "',
    'to="Dear ',
  ]) {
    assert.ok(!standsInUrl(text), text);
  }
});

test("a long text is looked at from its end", () => {
  assert.ok(standsInUrl(`![](https://example.com/?pad=${"x".repeat(4000)}`));
  assert.ok(!standsInUrl(`https://example.com/${"x".repeat(10_000)}`));
  assert.ok(standsInUrl(`${"x".repeat(100_000)} https://example.com/`));
});
