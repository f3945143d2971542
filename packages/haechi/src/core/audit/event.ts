import type { Action } from "../decide/action.ts";
import type { Mode } from "../decide/mode.ts";
import type { LeafKind } from "../document/json-document.ts";
import type { Identity } from "../identity/identity.ts";

/** Version of the event shapes below. */
export const AUDIT_SCHEMA_VERSION = "1";

/** Everything that can be recorded. One union, so that no kind of event can lack a common field. */
export type AuditEvent = ProtectEvent | DecisionEvent;

interface CommonFields {
  readonly schemaVersion: typeof AUDIT_SCHEMA_VERSION;
  /** UUID. */
  readonly id: string;
  /** UUID of the exchange; null outside the gateway. */
  readonly correlationId: string | null;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  /** `llm-http`, `anthropic`, `token-vault`, `audit`, … */
  readonly protocol: string;
  /** Made of constants and route ids, never of text from outside. */
  readonly operation: string;
  readonly identity: AuditIdentity | null;
  /** Policy profile name, from the configuration. */
  readonly profile: string | null;
  readonly mode: Mode | "n/a";
  readonly enforced: boolean;
  readonly blocked: boolean;
  readonly summary: AuditSummary;
  /** Name of the upstream that the exchange goes to; absent where the configuration has no name for it. */
  readonly upstream?: string;
}

/** One document inspected. */
export interface ProtectEvent extends CommonFields {
  /** First 12 hex digits of SHA-256 over the document without its values. */
  readonly payloadShapeHash: string;
  readonly detections: readonly AuditDetection[];
}

/** One outcome of an exchange, a vault operation or the log itself that is not a protected document. */
export interface DecisionEvent extends CommonFields {
  readonly decision: AuditDecision;
  readonly reason: string;
  readonly routeId: string | null;
  /** First 12 hex digits of SHA-256 of the path, or of the name of a tool; null where there is none. */
  readonly pathHash: string | null;
  /** Vault operations: how many tokens. */
  readonly count?: number;
  /** Vault operations: a token id, or `nontoken_` + 32 hex of a keyed hash. */
  readonly token?: string;
  /** Key changes: id of the key that was changed. */
  readonly kid?: string;
  /** Key changes and reseals: id of the key that seals from then on, where a change makes it another one than before. */
  readonly newKid?: string;
  /** Reloads: the configuration keys whose values changed, as the schema names them. */
  readonly changedKeys?: readonly string[];
  /**
   * On the first entry of every segment but the first: which one it is, and how the one before it ended. On an
   * entry about expiry: the segment that the log begins with from then on.
   */
  readonly segment?: SegmentLink;
}

/** How a segment of the log is tied to the one before it. */
export interface SegmentLink {
  /** Of the segment; the first is 1. */
  readonly number: number;
  /** base64url `eventHash` of the last entry of the segment before. */
  readonly previousHash: string;
  /** Entries of the segment before. */
  readonly previousRecords: number;
}

/** Every outcome that has a name of its own in the log. */
export const AUDIT_DECISIONS = [
  "auth_denied",
  "rate_limited",
  "model_not_allowed",
  "overloaded",
  "request_refused",
  "tools_withheld",
  "prompts_withheld",
  "resources_withheld",
  "instructions_withheld",
  "tool_consent",
  "handles_named",
  "twins_masked",
  "streaming_blocked",
  "streaming_request_pass_through",
  "response_unprotected_allowed",
  "response_unprotected_blocked",
  "upstream_failed",
  "upstream_failover",
  "external_detection_skipped",
  "internal_error",
  "stream_inspected",
  "stream_blocked",
  "stream_failed",
  "reveal_denied",
  "reveal_allowed",
  "reveal_failed",
  "purge",
  "purge_expired",
  "detokenize",
  "export",
  "import",
  "backup",
  "restore",
  "reseal",
  "key_change",
  "auth_change",
  "config_change",
  "log_recovered",
  "segment_started",
  "segments_expired",
  "pseudonym_looked_up",
  "identity_forgotten",
] as const;

export type AuditDecision = (typeof AUDIT_DECISIONS)[number];

/** The five members of an identity that may be recorded. */
export type AuditIdentity = Pick<Identity, "id" | "type" | "subjectHash" | "issuerHash" | "provider">;

export interface AuditDetection {
  readonly type: string;
  readonly ruleId: string;
  /** The path with hashed keys: `key_<12 hex>.[0]`. */
  readonly path: string;
  readonly kind: LeafKind;
  readonly confidence: number;
  readonly action: Action;
  readonly enforced: boolean;
  /** Present on a finding that another one covered: the rule that won. */
  readonly supersededBy?: string;
}

export interface AuditSummary {
  readonly detectionCount: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly byAction: Readonly<Record<string, number>>;
  readonly suppressedCount?: number;
  readonly suppressedByType?: Readonly<Record<string, number>>;
  readonly droppedCount?: number;
  readonly droppedByType?: Readonly<Record<string, number>>;
}

/** An event as it is stored: sealed into the chain (specs/audit-log.md). */
export type AuditEntry = AuditEvent & { readonly auditIntegrity: AuditIntegrity };

export interface AuditIntegrity {
  readonly alg: "sha256";
  readonly canonicalization: "json-stable-v1";
  /** The segment it belongs to; absent in the first. */
  readonly segment?: number;
  /** From 1 in each segment. */
  readonly sequence: number;
  /** base64url; null on the first entry of a segment. */
  readonly previousHash: string | null;
  /** base64url SHA-256 of the canonical entry without this member. */
  readonly eventHash: string;
}
