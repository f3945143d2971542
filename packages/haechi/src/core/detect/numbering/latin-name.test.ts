import assert from "node:assert/strict";
import { test } from "node:test";
import { beginsWithGivenName } from "./given-names.ts";
import { ANY_NAME, FULL_NAME, isLikelyName } from "./latin-name.ts";

const full = new RegExp(`^${FULL_NAME}$`);
const any = new RegExp(`^${ANY_NAME}$`);

test("full names have initials, particles, hyphens, apostrophes and letters of Europe", () => {
  for (const name of [
    "Jane Doe",
    "John Q. Smith",
    "Maria de la Cruz",
    "Anne-Marie O'Brien",
    "Łukasz Żak",
    "Jörg Müller",
  ]) {
    assert.match(name, full);
    assert.ok(isLikelyName(name), name);
  }
});

test("one word is a name but no full name, and small letters are none", () => {
  assert.match("Jane", any);
  assert.doesNotMatch("Jane", full);
  for (const text of ["jane doe", "my-app", "Jane2"]) assert.doesNotMatch(text, any);
});

test("words of forms and software are no names", () => {
  for (const text of ["Your Name", "Service Account", "Google Chrome"]) assert.ok(!isLikelyName(text), text);
});

test("knows common given names in any case, accents included", () => {
  for (const name of ["Jane Doe", "HANS Meier", "Jörg Müller", "Élodie Petit"])
    assert.ok(beginsWithGivenName(name), name);
  assert.ok(!beginsWithGivenName("Turkish Lira"));
});
