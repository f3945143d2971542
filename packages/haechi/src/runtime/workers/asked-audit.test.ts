import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sampleProtectEvent } from "../../core/audit/sample-events.oracle.ts";
import { HaechiError } from "../../core/errors.ts";
import type { AuditSink, DurableReceipt } from "../../ports/audit-sink.ts";
import { askedAudit } from "./asked-audit.ts";
import { type Ask, ChannelError } from "./channel.ts";
import type { OfSupervisor } from "./messages.ts";

/** The log of a worker whose supervisor answers like that, and what the worker wrote by itself. */
function logWhere(answer: () => unknown) {
  const written: string[] = [];
  const own: AuditSink = {
    async record({ id }) {
      written.push(id);
      return { eventId: id } as DurableReceipt;
    },
    ready: async () => ({ ok: true }),
    close: async () => {},
  };
  // What it is asked does not matter here.
  const ask = (async () => answer()) as Ask<OfSupervisor>;
  return { audit: askedAudit(ask, own), written };
}

const throwing = (error: Error) => () => {
  throw error;
};

describe("the audit log of a worker", () => {
  it("gives a receipt when the supervisor has answered, and writes nothing itself", async () => {
    const { audit, written } = logWhere(() => null);
    const event = sampleProtectEvent();
    assert.equal((await audit.record(event)).eventId, event.id);
    assert.deepEqual(written, []);
  });

  it("gives none where the supervisor could not write, is silent, or went away with the event", async () => {
    const refusal = new HaechiError("AUDIT_UNWRITABLE", "full", { reason: "audit_write_failed" });
    for (const [error, reason] of [
      [refusal, "audit_write_failed"],
      [new ChannelError("silent", { isClosed: false, wasSent: true }), "audit_supervisor_silent"],
      [new ChannelError("gone", { isClosed: true, wasSent: true }), "audit_supervisor_silent"],
    ] as const) {
      const { audit, written } = logWhere(throwing(error));
      await assert.rejects(audit.record(sampleProtectEvent()), { code: "AUDIT_UNWRITABLE", reason });
      assert.deepEqual(written, []);
    }
  });

  it("is written by the worker itself for what begins when the supervisor is gone", async () => {
    const gone = new ChannelError("gone", { isClosed: true, wasSent: false });
    const { audit, written } = logWhere(throwing(gone));
    const event = sampleProtectEvent();
    assert.equal((await audit.record(event)).eventId, event.id);
    assert.deepEqual(written, [event.id]);
    assert.deepEqual(await audit.ready(), { ok: false, reason: "audit_supervisor_silent" });
  });
});
