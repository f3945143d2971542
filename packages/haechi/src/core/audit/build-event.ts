import type { Identity } from "../identity/identity.ts";
import {
  AUDIT_SCHEMA_VERSION,
  type AuditDecision,
  type AuditDetection,
  type AuditEvent,
  type AuditIdentity,
  type AuditSummary,
  type DecisionEvent,
  type ProtectEvent,
  type SegmentLink,
} from "./event.ts";
import { summarizeDecision } from "./summarize.ts";

/** Where and when something happened: what all events have in common. */
export interface EventOrigin {
  /** UUID, of the event. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  /** UUID of the exchange; null outside the gateway. */
  readonly correlationId: string | null;
  readonly protocol: string;
  readonly operation: string;
  readonly identity: Identity | AuditIdentity | null;
  readonly profile: string | null;
  readonly mode: AuditEvent["mode"];
  /** Name of the upstream; null where it has none. */
  readonly upstream?: string | null;
}

/** The event of one inspected document. */
export function protectEvent(
  origin: EventOrigin,
  outcome: {
    readonly enforced: boolean;
    readonly blocked: boolean;
    readonly payloadShapeHash: string;
    readonly detections: readonly AuditDetection[];
    readonly summary: AuditSummary;
  },
): ProtectEvent {
  return {
    ...common(origin),
    enforced: outcome.enforced,
    blocked: outcome.blocked,
    payloadShapeHash: outcome.payloadShapeHash,
    detections: outcome.detections,
    summary: outcome.summary,
  };
}

/** The event of one outcome. Not blocked, not enforced and about no route unless it says so. */
export function decisionEvent(
  origin: EventOrigin,
  outcome: {
    readonly decision: AuditDecision;
    readonly reason: string;
    readonly enforced?: boolean;
    readonly blocked?: boolean;
    readonly routeId?: string | null;
    readonly pathHash?: string | null;
    readonly count?: number;
    readonly token?: string;
    readonly kid?: string;
    readonly newKid?: string;
    readonly changedKeys?: readonly string[];
    readonly segment?: SegmentLink;
    /** Default: one of this decision. */
    readonly summary?: AuditSummary;
  },
): DecisionEvent {
  return {
    ...common(origin),
    enforced: outcome.enforced ?? false,
    blocked: outcome.blocked ?? false,
    decision: outcome.decision,
    reason: outcome.reason,
    routeId: outcome.routeId ?? null,
    pathHash: outcome.pathHash ?? null,
    ...(outcome.count === undefined ? undefined : { count: outcome.count }),
    ...(outcome.token === undefined ? undefined : { token: outcome.token }),
    ...(outcome.kid === undefined ? undefined : { kid: outcome.kid }),
    ...(outcome.newKid === undefined ? undefined : { newKid: outcome.newKid }),
    ...(outcome.changedKeys === undefined ? undefined : { changedKeys: outcome.changedKeys }),
    ...(outcome.segment === undefined ? undefined : { segment: outcome.segment }),
    summary: outcome.summary ?? summarizeDecision(outcome.decision),
  };
}

function common(origin: EventOrigin) {
  return {
    schemaVersion: AUDIT_SCHEMA_VERSION,
    id: origin.id,
    correlationId: origin.correlationId,
    timestamp: origin.timestamp,
    protocol: origin.protocol,
    operation: origin.operation,
    identity: auditIdentity(origin.identity),
    profile: origin.profile,
    mode: origin.mode,
    ...(origin.upstream === undefined || origin.upstream === null ? undefined : { upstream: origin.upstream }),
  } as const;
}

/** The members that may be recorded; scopes and labels are not among them. */
function auditIdentity(identity: Identity | AuditIdentity | null): AuditIdentity | null {
  if (identity === null) return null;
  const { id, type, subjectHash, issuerHash, provider } = identity;
  return { id, type, subjectHash, issuerHash, provider };
}
