import assert from "node:assert/strict";
import { test } from "node:test";
import { hold } from "./held.ts";

test("what several hold is closed once, when the last of them lets go", async () => {
  let closed = 0;
  const first = hold("thing", async () => {
    closed++;
  });
  const second = first.share();
  const third = second.share();
  assert.equal(third.value, "thing");
  await first.release();
  await first.release();
  await third.release();
  assert.equal(closed, 0);
  await second.release();
  await second.release();
  assert.equal(closed, 1);
});
