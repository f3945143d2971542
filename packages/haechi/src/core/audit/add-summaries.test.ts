import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { addSummaries, EMPTY_SUMMARY } from "./add-summaries.ts";
import { summarize } from "./summarize.ts";

describe("summaries together", () => {
  it("count a type that is named as something every object inherits", () => {
    const found = summarize([{ type: "constructor", action: "redact" }]);
    const { byType } = [found, found].reduce(addSummaries, EMPTY_SUMMARY);
    assert.deepEqual(byType, { constructor: 2 });
  });
});
