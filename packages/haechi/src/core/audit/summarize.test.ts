import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { summarize, summarizeDecision } from "./summarize.ts";

describe("summarize", () => {
  it("counts by type and by action", () => {
    const found = [
      { type: "email", action: "redact" },
      { type: "email", action: "mask" },
      { type: "secret", action: "redact" },
    ] as const;
    assert.deepEqual(summarize(found), {
      detectionCount: 3,
      byType: { email: 2, secret: 1 },
      byAction: { redact: 2, mask: 1 },
    });
  });

  it("names what was suppressed and dropped only when something was", () => {
    assert.deepEqual(summarize([], { email: 2, phone: 1 }, {}), {
      detectionCount: 0,
      byType: {},
      byAction: {},
      suppressedCount: 3,
      suppressedByType: { email: 2, phone: 1 },
    });
  });

  it("counts a type that is named like an inherited member", () => {
    assert.deepEqual(summarize([{ type: "constructor", action: "mask" }]).byType, { constructor: 1 });
  });
});

describe("summarizeDecision", () => {
  it("counts one action and no detection", () => {
    assert.deepEqual(summarizeDecision("auth_denied"), { detectionCount: 0, byType: {}, byAction: { auth_denied: 1 } });
  });
});
