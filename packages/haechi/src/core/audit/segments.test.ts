import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { canonicalJson } from "../crypto/canonical-json.ts";
import { sealEntry, sealFirstEntry } from "./entry-line.ts";
import { loggable } from "./loggable.ts";
import { sampleDecisionEvent } from "./sample-events.oracle.ts";
import { describeLoss } from "./segment-loss.ts";
import {
  closedSegmentName,
  closedSegmentNumber,
  readExpiry,
  readSegmentLink,
  segmentNumberInName,
} from "./segments.ts";

const link = { number: 2, previousHash: "x".repeat(43), previousRecords: 7 };
const linkBody = canonicalJson(loggable(sampleDecisionEvent(0, { decision: "segment_started", segment: link })));

describe("names of segments", () => {
  it("carry their number, which can be read again", () => {
    fc.assert(
      fc.property(fc.constantFrom("audit.jsonl", "audit", "my.audit.log"), fc.integer({ min: 1 }), (name, number) => {
        const closed = closedSegmentName(name, number);
        assert.equal(closedSegmentNumber(name, closed), number);
        assert.equal(segmentNumberInName(closed), number);
      }),
    );
    assert.equal(closedSegmentName("audit.jsonl", 12), "audit.segment-000012.jsonl");
    // Hidden files stay hidden.
    assert.equal(closedSegmentName(".audit", 12), ".audit.segment-000012");
    assert.equal(segmentNumberInName(".audit.segment-000012"), 12);
  });

  it("are no other names", () => {
    for (const name of [
      "audit.jsonl",
      "audit.anchor.jsonl",
      "audit.20300101.jsonl",
      "audit.segment-12.jsonl",
      "audit.segment-000000.jsonl",
      "audit.segment-0000012.jsonl",
      "audit.segment-000012.jsonl.gz",
      "other.segment-000012.jsonl",
    ]) {
      assert.equal(closedSegmentNumber("audit.jsonl", name), null, name);
    }
    assert.equal(segmentNumberInName("audit.20300101.jsonl"), null);
  });
});

describe("readSegmentLink", () => {
  it("reads it from the first entry of a later segment, and from no other", () => {
    assert.deepEqual(readSegmentLink(sealFirstEntry(linkBody, 2).line), link);
    assert.equal(readSegmentLink(sealFirstEntry(linkBody, 3).line), null);
    assert.equal(readSegmentLink(sealEntry(linkBody, null).line), null);
    const second = sealEntry(linkBody, { segment: 2, sequence: 1, eventHash: link.previousHash });
    assert.equal(readSegmentLink(second.line), null);
    assert.equal(readSegmentLink("{}"), null);
  });
});

describe("readExpiry", () => {
  it("reads where the log begins from then on, and nothing from an entry that does not say it whole", () => {
    const at = "2030-01-01T00:00:00.000Z";
    const entry = { decision: "segments_expired", timestamp: at, segment: link };
    assert.deepEqual(readExpiry(entry), { link, at });
    const others = [
      null,
      2,
      {},
      { ...link, number: "2" },
      { ...link, previousHash: 1 },
      { ...link, previousRecords: null },
    ];
    for (const segment of others) assert.equal(readExpiry({ ...entry, segment }), null);
    assert.equal(readExpiry({ ...entry, decision: "segment_started" }), null);
    assert.equal(readExpiry({ ...entry, timestamp: 0 }), null);
  });
});

describe("describeLoss", () => {
  const head = (sequence: number, eventHash = "h", segment?: number) =>
    segment === undefined ? { sequence, eventHash } : { segment, sequence, eventHash };

  it("finds nothing missing where the log grew, or was closed behind what is known", () => {
    const { line, head: first } = sealFirstEntry(linkBody, 2);
    assert.equal(describeLoss(null, head(1), ""), null);
    assert.equal(describeLoss(head(3), head(3), ""), null);
    assert.equal(describeLoss(head(3), head(9, "other"), ""), null);
    assert.equal(describeLoss(head(7, link.previousHash), first, line), null);
    assert.equal(describeLoss(head(5), first, line), null);
    assert.equal(describeLoss(head(3), head(1, "other", 4), ""), null);
  });

  it("counts what is missing, and tells an end that was replaced", () => {
    const { line, head: first } = sealFirstEntry(linkBody, 2);
    assert.equal(describeLoss(head(3), head(1, "other"), ""), "entries_missing:2");
    assert.equal(describeLoss(head(3), null, null), "entries_missing:3");
    assert.equal(describeLoss(head(3), head(3, "other"), ""), "head_replaced");
    assert.equal(describeLoss(head(9), first, line), "entries_missing:2");
    assert.equal(describeLoss(head(7, "other"), first, line), "head_replaced");
    assert.equal(describeLoss(head(3, "h", 2), head(8), ""), "entries_missing:3");
  });
});
