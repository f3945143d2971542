import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decisionEvent, protectEvent } from "./build-event.ts";
import { summarize } from "./summarize.ts";

const identity = {
  id: "tok_auth_0123abcd",
  type: "service",
  subjectHash: null,
  issuerHash: null,
  provider: "bearer",
  scopes: ["admin"],
  labels: { team: "x" },
} as const;

const origin = {
  id: "00000000-0000-4000-8000-000000000001",
  timestamp: "2030-01-01T00:00:00.000Z",
  correlationId: null,
  protocol: "llm-http",
  operation: "request:POST chat-completions",
  identity,
  profile: null,
  mode: "enforce",
} as const;

describe("the event builders", () => {
  it("give both kinds of event the same common fields", () => {
    const outcome = { enforced: true, blocked: false, payloadShapeHash: "0123456789ab", detections: [] };
    const protect = protectEvent(origin, { ...outcome, summary: summarize([]) });
    const decision = decisionEvent(origin, { decision: "auth_denied", reason: "no_token" });
    for (const name of [...Object.keys(origin), "schemaVersion", "enforced", "blocked", "summary"]) {
      assert.ok(name in protect && name in decision, name);
    }
    assert.equal(decision.schemaVersion, "1");
  });

  it("keep scopes and labels of an identity out", () => {
    const { identity: recorded } = decisionEvent(origin, { decision: "auth_denied", reason: "no_token" });
    assert.deepEqual(Object.keys(recorded ?? {}), ["id", "type", "subjectHash", "issuerHash", "provider"]);
  });

  it("fill in what a decision does not say", () => {
    const event = decisionEvent(origin, { decision: "purge_expired", reason: "purge_expired", count: 2 });
    assert.deepEqual([event.blocked, event.enforced, event.routeId, event.pathHash], [false, false, null, null]);
    assert.deepEqual(event.summary, { detectionCount: 0, byType: {}, byAction: { purge_expired: 1 } });
    assert.equal(event.count, 2);
    assert.ok(!("token" in event));
  });
});
