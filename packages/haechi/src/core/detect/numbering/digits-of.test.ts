import assert from "node:assert/strict";
import { test } from "node:test";
import { digitsOf } from "./digits-of.ts";

test("keeps digits in their order", () => assert.equal(digitsOf("+1 (23)-4.x5"), "12345"));
