import { HaechiError, isHaechiError } from "../../core/errors.ts";
import type { AuditSink, DurableReceipt } from "../../ports/audit-sink.ts";
import { type Ask, ChannelError } from "./channel.ts";
import type { OfSupervisor } from "./messages.ts";

/**
 * The audit log of all workers, which their supervisor writes: processes that each took the log for themselves would
 * wait for one another, and one flush of the disk serves the records of all.
 * @param own the same log, for a worker that is left alone and ends what is under way
 */
export function askedAudit(ask: Ask<OfSupervisor>, own: AuditSink): AuditSink {
  return {
    async record(event) {
      try {
        await ask("record", event, RECORD_MS);
        // The supervisor has answered with its own receipt.
        return { eventId: event.id } as DurableReceipt;
      } catch (error) {
        if (isHaechiError(error)) throw error;
        // What may have been recorded is not recorded again.
        if (error instanceof ChannelError && !error.wasSent) return await own.record(event);
        const message = "The process that writes the audit log did not answer";
        throw new HaechiError("AUDIT_UNWRITABLE", message, { reason: "audit_supervisor_silent" });
      }
    },
    async ready() {
      const silent = { ok: false, reason: "audit_supervisor_silent" };
      return await ask("auditReady", null, READY_MS).catch(() => silent);
    },
    close: () => own.close(),
  };
}

/** Longer than the log itself waits for another process that has it. */
const RECORD_MS = 10_000;
const READY_MS = 2000;
