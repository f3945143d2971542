import assert from "node:assert/strict";
import { test } from "node:test";
import { lettersAndDigitsOf } from "./letters-and-digits-of.ts";

test("leaves out whatever separates", () => assert.equal(lettersAndDigitsOf("x-1.234 567/l"), "X1234567L"));
