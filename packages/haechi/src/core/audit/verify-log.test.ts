import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import fc from "fast-check";
import { canonicalJson } from "../crypto/canonical-json.ts";
import { type ChainHead, sealEntry, sealFirstEntry } from "./entry-line.ts";
import { loggable } from "./loggable.ts";
import { sampleDecisionEvent, sampleProtectEvent } from "./sample-events.oracle.ts";
import { createLogVerifier, type LogVerdict } from "./verify-log.ts";

function writeLog(count: number): { lines: string[]; heads: ChainHead[] } {
  const lines: string[] = [];
  const heads: ChainHead[] = [];
  for (let index = 0; index < count; index++) {
    const event = index % 2 === 0 ? sampleProtectEvent(index) : sampleDecisionEvent(index);
    const { line, head } = sealEntry(canonicalJson(loggable(event)), heads.at(-1) ?? null);
    lines.push(line);
    heads.push(head);
  }
  return { lines, heads };
}

function verify(lines: readonly (string | Uint8Array)[], anchors: readonly ChainHead[] | null = null): LogVerdict {
  const verifier = createLogVerifier(anchors);
  for (const line of lines) verifier.addLine(typeof line === "string" ? Buffer.from(line) : line);
  return verifier.finish(false);
}

function assertFault(verdict: LogVerdict, reason: RegExp): void {
  assert.ok(!verdict.valid);
  assert.match(verdict.reason, reason);
}

const { lines, heads } = writeLog(12);
/** A hash of what holds the last three digits of itself; null when there is none. */
function hashWithOwnEnd(sealed: (end: string) => string): string | null {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (const first of digits) {
    for (const second of digits) {
      // The last digit of 32 bytes holds four bits.
      for (let last = 0; last < 64; last += 4) {
        const end = first + second + digits[last]!;
        const found = createHash("sha256").update(sealed(end)).digest("base64url");
        if (found.endsWith(end)) return found;
      }
    }
  }
  return null;
}

const anyLine = fc.nat(lines.length - 1);

describe("createLogVerifier", () => {
  it("accepts a log as it was written, and counts it", () => {
    assert.deepEqual(verify(lines), { valid: true, records: 12, headHash: heads.at(-1)!.eventHash });
    assert.deepEqual(verify([]), { valid: true, records: 0, headHash: null });
  });

  it("agrees with hashes that are computed another way", () => {
    for (const line of lines) {
      const entry = JSON.parse(line);
      const { eventHash, ...integrity } = entry.auditIntegrity;
      const sealed = canonicalJson({ ...entry, auditIntegrity: integrity });
      assert.equal(createHash("sha256").update(sealed).digest("base64url"), eventHash);
    }
  });

  it("finds every single flipped bit", () => {
    const whole = lines.map((line) => Buffer.from(line));
    fc.assert(
      fc.property(anyLine, fc.nat(), fc.nat(7), (at, offset, bit) => {
        const flipped = Buffer.from(whole[at]!);
        flipped[offset % flipped.length]! ^= 1 << bit;
        assert.equal(verify(whole.with(at, flipped)).valid, false);
      }),
      { numRuns: 2_000 },
    );
  });

  it("finds a removed, a repeated and a swapped entry", () => {
    fc.assert(
      fc.property(fc.nat(lines.length - 2), (at) => {
        assertFault(verify(lines.toSpliced(at, 1)), /^sequence mismatch at line/);
        assertFault(verify(lines.toSpliced(at, 0, lines[at]!)), /^sequence mismatch at line/);
        assertFault(verify(lines.with(at, lines[at + 1]!).with(at + 1, lines[at]!)), /^sequence mismatch at line/);
      }),
    );
  });

  it("finds an entry of another log in its place", () => {
    const other = sealEntry(canonicalJson(loggable(sampleDecisionEvent(99))), heads[4]!).line;
    assertFault(verify(lines.with(5, other)), /^previous hash mismatch at line 7$/);
  });

  it("finds a space, a repeated key, another number form and a BOM, which keep the value the same", () => {
    fc.assert(
      fc.property(anyLine, (at) => {
        const line = lines[at]!;
        for (const same of [
          line.replace('"blocked":', '"blocked": '),
          line.replace('"blocked":', '"blocked":true,"blocked":'),
          line.replace(`"sequence":${at + 1}`, `"sequence":${at + 1}.0`),
          line.replace("auditIntegrity", "audit\\u0049ntegrity"),
          `${line} `,
          `${line}\r`,
        ]) {
          assertFault(verify(lines.with(at, same)), /^line is not canonical at line/);
        }
        assertFault(verify(lines.with(at, `\ufeff${line}`)), /^line is not JSON at line/);
      }),
    );
  });

  it("finds a member that was put before the seal, even with a hash that fits", () => {
    // A hash over what stands as far behind the beginning as a tail does covers the
    // end of itself alone. An end that comes out again is soon found.
    const forged = Array.from({ length: 20 }, (_, index) => index).reduce<string | null>((found, index) => {
      if (found !== null) return found;
      const { line } = sealEntry(canonicalJson(loggable(sampleDecisionEvent(index))), null);
      const [start = "", tail = ""] = line.split(/(?<="json-stable-v1",)"eventHash":"[\w-]{43}",/);
      const eventHash = hashWithOwnEnd((end) => `${start}${end}",${tail}`);
      return eventHash === null ? null : `{"":0,${start.slice(1)}"eventHash":"${eventHash}",${tail}`;
    }, null);
    assert.equal(canonicalJson(JSON.parse(forged!)), forged);
    assertFault(verify([forged!]), /line is not canonical at line 1/);
  });

  it("finds an entry that says it is of another segment, and a segment that does not say what it goes on from", () => {
    const body = canonicalJson(loggable(sampleDecisionEvent(1)));
    assertFault(verify([lines[0]!, sealEntry(body, { ...heads[0]!, segment: 2 }).line]), /segment mismatch at line 2/);
    const first = sealFirstEntry(body, 2);
    assertFault(verify([first.line]), /segment link missing at line 1/);
    const link = { number: 2, previousHash: heads[1]!.eventHash, previousRecords: 2 };
    const linked = sealFirstEntry(canonicalJson(loggable(sampleDecisionEvent(1, { segment: link }))), 2);
    assert.ok(verify([linked.line, sealEntry(body, linked.head).line]).valid);
    assertFault(
      verify([linked.line, sealEntry(body, { ...linked.head, segment: 3 }).line]),
      /segment mismatch at line 2/,
    );
  });

  it("finds bytes that are no text", () => {
    const bytes = Buffer.from(lines[3]!);
    bytes[bytes.indexOf("rate_limited")] = 0xff;
    const changed: (string | Uint8Array)[] = [...lines];
    changed[3] = bytes;
    assertFault(verify(changed), /^line is not UTF-8 at line 4$/);
  });

  it("finds a line without a seal and a line that is no object", () => {
    assertFault(verify(['{"a":1}']), /^missing auditIntegrity at line 1$/);
    assertFault(verify(["[]"]), /^missing auditIntegrity at line 1$/);
    assertFault(verify([""]), /^line is not JSON at line 1$/);
  });

  it("survives nesting that would exhaust a stack", () => {
    const deep = "[".repeat(50_000) + "]".repeat(50_000);
    assert.equal(verify([lines[0]!.replace('"blocked":', `"aa":${deep},"blocked":`)]).valid, false);
  });

  it("finds a cut tail back to the last anchor", () => {
    const anchors = heads.filter(({ sequence }) => sequence % 5 === 0);
    assert.deepEqual(verify(lines, anchors), {
      valid: true,
      records: 12,
      headHash: heads.at(-1)!.eventHash,
      anchored: { count: 2, lastSequence: 10 },
    });
    assert.equal(verify(lines.slice(0, 10), anchors).valid, true);
    for (let kept = 0; kept < 10; kept++) {
      assertFault(verify(lines.slice(0, kept), anchors), /^tail truncation: anchored up to sequence 10/);
    }
  });

  it("finds a log that was rewritten with hashes that fit", () => {
    const anchors = heads.filter(({ sequence }) => sequence % 5 === 0);
    const rewritten: string[] = [];
    let head: ChainHead | null = null;
    for (let index = 0; index < 12; index++) {
      const sealed = sealEntry(canonicalJson(loggable(sampleDecisionEvent(index))), head);
      rewritten.push(sealed.line);
      head = sealed.head;
    }
    assert.equal(verify(rewritten).valid, true);
    assertFault(verify(rewritten, anchors), /^anchor hash mismatch at sequence 5$/);
  });

  it("refuses anchors that contradict each other", () => {
    assertFault(verify(lines, [heads[0]!, { ...heads[1]!, sequence: 1 }]), /^two anchors differ at sequence 1$/);
  });

  it("reports a torn last line", () => {
    const verifier = createLogVerifier(null);
    for (const line of lines) verifier.addLine(Buffer.from(line));
    assert.deepEqual(verifier.finish(true), { valid: false, records: 12, reason: "torn last line" });
  });
});
