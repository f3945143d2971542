import type { AuditEvent } from "../core/audit/event.ts";

declare const recorded: unique symbol;
/** Proof that an event is on durable storage. Only an audit sink makes one; sending upstream asks for one. */
export interface DurableReceipt {
  readonly [recorded]: true;
  readonly eventId: string;
}

/** Takes audit events and makes them durable. */
export interface AuditSink {
  /** Resolves when the event survives a power cut. @throws HaechiError AUDIT_UNWRITABLE */
  record(event: AuditEvent): Promise<DurableReceipt>;
  ready(): Promise<{ readonly ok: boolean; readonly reason?: string }>;
  close(): Promise<void>;
}
