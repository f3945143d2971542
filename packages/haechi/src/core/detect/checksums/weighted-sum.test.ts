import assert from "node:assert/strict";
import { test } from "node:test";
import { weightedSum } from "./weighted-sum.ts";

test("adds each digit times its weight", () => assert.equal(weightedSum("123", [3, 2, 1]), 3 + 4 + 3));
test("leaves out digits without a weight", () => assert.equal(weightedSum("129", [1, 1]), 3));
