import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { canonicalJson } from "../crypto/canonical-json.ts";
import { AUDIT_DECISIONS, type AuditEvent } from "./event.ts";
import { LOGGED_DETECTIONS_MAX, loggable, loggableJson, UNLOGGABLE } from "./loggable.ts";
import { sampleDecisionEvent, sampleProtectEvent } from "./sample-events.oracle.ts";

/** Replaces every string of a value, keys included. */
function replaceStrings(value: unknown, by: string): unknown {
  if (typeof value === "string") return by;
  if (Array.isArray(value)) return value.map((item) => replaceStrings(item, by));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, replaceStrings(member, by)]));
}

describe("loggable", () => {
  it("keeps an event of ours as it is", () => {
    for (const event of [
      sampleProtectEvent(),
      sampleDecisionEvent(1, { count: 3, token: `tok_email_${"0a".repeat(8)}` }),
      sampleDecisionEvent(2, { kid: "local-1767225600000-a1b2c3", newKid: "local-1767225600001-a1b2c3" }),
      sampleDecisionEvent(3, { changedKeys: ["mode", "target.upstream", "proxy.tls.keyFile"] }),
    ]) {
      assert.deepEqual(loggable(event), event);
    }
  });

  it("keeps what only some events say", () => {
    const event = sampleProtectEvent();
    const summary = {
      ...event.summary,
      ...{ droppedCount: 2, droppedByType: { email: 2 }, suppressedCount: 1, suppressedByType: { phone: 1 } },
    };
    const digest = "h".repeat(43);
    const segment = { number: 2, previousHash: digest, previousRecords: 7 };
    for (const said of [{ ...event, summary }, sampleDecisionEvent(1, { upstream: "second", segment })]) {
      assert.deepEqual(loggable(said), said);
    }
  });

  it("writes no number that is none, and no count below zero", () => {
    const event = sampleProtectEvent();
    assert.ok("detections" in event);
    const [detection] = event.detections;
    for (const broken of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const written = loggable({ ...event, detections: [{ ...detection!, confidence: broken }] });
      assert.ok("detections" in written);
      assert.equal(written.detections[0]?.confidence, 0);
    }
    for (const broken of [-1, 0.5, Number.NaN, 2 ** 53]) {
      const written = loggable({ ...event, summary: { ...event.summary, detectionCount: broken } });
      assert.equal(written.summary.detectionCount, 0);
    }
  });

  it("writes the canonical form", () => {
    const counts = { zeta: 1, "10": 2, "9": 3, alpha: 4, "\u{1f600}": 5, "a.b": 6, a_b: 7 };
    const summary = {
      ...{ detectionCount: 28, byType: counts, byAction: counts },
      ...{ droppedCount: 28, droppedByType: counts, suppressedCount: 28, suppressedByType: counts },
    };
    const event = sampleProtectEvent();
    assert.ok("detections" in event);
    const detections = [0, -0, 1e-7, 0.95].map((confidence) => ({
      ...{ ...event.detections[0]!, confidence, supersededBy: "other" },
    }));
    const all = { kid: "local-1", newKid: "local-2", changedKeys: ["mode"], count: 3, upstream: "second" };
    const segment = { number: 2, previousHash: "h".repeat(43), previousRecords: 7 };
    for (const written of [
      event,
      { ...event, summary, detections, upstream: "second" },
      sampleDecisionEvent(0, { ...all, segment, token: `tok_email_${"0a".repeat(8)}`, summary }),
    ]) {
      assert.equal(loggableJson(written), canonicalJson(loggable(written)));
      // The seal is put in front of the members (entry-line.ts).
      assert.ok(Object.keys(loggable(written))[0]! > "auditIntegrity");
    }
  });

  it("lets no text from outside in, whatever field it comes by", () => {
    const outside = fc.oneof(
      fc.emailAddress(),
      fc.constantFrom("010-1234-5678", "minji kim", "/v1/users/a@b.example", "+82 10 1234 5678", "4111111111111111"),
      fc.string({ minLength: 3 }).map((text) => `${text} `),
      fc.string({ minLength: 3 }).map((text) => `"${text}`),
    );
    fc.assert(
      fc.property(outside, fc.boolean(), (text, isDecision) => {
        const event = isDecision
          ? sampleDecisionEvent(0, { token: text, kid: text, newKid: text, changedKeys: [text, `${text}.x`] })
          : sampleProtectEvent();
        // Rule ids and identity ids may be all digits; they come from the configuration and the key store.
        const allowed = /^[A-Za-z0-9][\w.:-]*$/.test(text);
        const hostile = replaceStrings({ ...event, extra: text, prompt: { content: text } }, text) as AuditEvent;
        const written = JSON.stringify(loggable(hostile));
        if (!allowed) assert.ok(!written.includes(JSON.stringify(text)));
        assert.ok(!("extra" in loggable(hostile)) && !("prompt" in loggable(hostile)));
      }),
    );
  });

  it("refuses a path, a model name and an e-mail in the fields that once carried them", () => {
    const written = loggable(
      sampleDecisionEvent(0, {
        operation: "request:POST /v1/users/minji.kim@example.com",
        reason: "model:Private Name",
      }),
    );
    assert.equal(written.operation, UNLOGGABLE);
    assert.ok("reason" in written && written.reason === UNLOGGABLE);
  });

  it("keeps the counter of a type that is named secret", () => {
    const event = sampleProtectEvent();
    const written = loggable({ ...event, summary: { ...event.summary, byType: { secret: 2, constructor: 1 } } });
    assert.deepEqual(written.summary.byType, { secret: 2, constructor: 1 });
  });

  it("records exactly five members of an identity", () => {
    const identity = {
      id: "tok_auth_0123abcd",
      type: "service",
      subjectHash: "0".repeat(64),
      issuerHash: null,
      provider: "bearer",
      scopes: ["admin"],
      labels: { team: "x" },
    } as const;
    assert.deepEqual(Object.keys(loggable(sampleDecisionEvent(0, { identity })).identity ?? {}).sort(), [
      "id",
      "issuerHash",
      "provider",
      "subjectHash",
      "type",
    ]);
  });

  it("lists a bounded number of detections and counts all of them", () => {
    const event = sampleProtectEvent();
    assert.ok("detections" in event);
    const detections = Array.from({ length: LOGGED_DETECTIONS_MAX + 5 }, () => event.detections[0]!);
    const written = loggable({
      ...event,
      detections,
      summary: { ...event.summary, detectionCount: detections.length },
    });
    assert.ok("detections" in written);
    assert.equal(written.detections.length, LOGGED_DETECTIONS_MAX);
    assert.equal(written.summary.detectionCount, LOGGED_DETECTIONS_MAX + 5);
  });

  it("accepts the paths of leaves at any place", () => {
    for (const path of ["", "[0]", "key_0123456789ab", "key_0123456789ab.[12].key_ba9876543210"]) {
      const event = sampleProtectEvent();
      assert.ok("detections" in event);
      const written = loggable({ ...event, detections: [{ ...event.detections[0]!, path }] });
      assert.ok("detections" in written && written.detections[0]?.path === path);
    }
  });

  it("accepts every decision, and the reason of every error", () => {
    for (const decision of AUDIT_DECISIONS) {
      const written = loggable(sampleDecisionEvent(0, { decision, reason: decision }));
      assert.ok("decision" in written && written.decision === decision && written.reason === decision);
    }
    for (const reason of ["document_not_utf8", "rate:60", "dropped_bytes:123456"]) {
      const written = loggable(sampleDecisionEvent(0, { reason }));
      assert.ok("decision" in written && written.reason === reason);
    }
  });
});
