import { ACTIONS } from "../decide/action.ts";
import { MODES } from "../decide/mode.ts";
import {
  AUDIT_DECISIONS,
  AUDIT_SCHEMA_VERSION,
  type AuditDetection,
  type AuditEvent,
  type AuditIdentity,
  type AuditSummary,
  type DecisionEvent,
  type ProtectEvent,
  type SegmentLink,
} from "./event.ts";

/** Stands where a string was that is not of the form its field allows. */
export const UNLOGGABLE = "unloggable";

/** Detections that one entry lists; its summary counts all of them. */
export const LOGGED_DETECTIONS_MAX = 1_000;

/** Configuration keys that one entry lists. */
const LOGGED_KEYS_MAX = 256;

/** The canonical JSON (core/crypto/canonical-json.ts) of what may be written down of an event. */
export function loggableJson(event: AuditEvent): string {
  // The members stand in canonical order, and no value is one that JSON.stringify would write otherwise.
  return JSON.stringify(loggable(event));
}

/**
 * The part of an event that may be written down: the fields of the schema and no
 * others, every string of the closed form of its field. What a caller, an
 * upstream or a credential said has no such form, so it cannot get in. Members
 * are in canonical order.
 */
export function loggable(event: AuditEvent): AuditEvent {
  return "decision" in event ? loggableDecision(event) : loggableProtect(event);
}

function loggableProtect(event: ProtectEvent): ProtectEvent {
  return {
    blocked: event.blocked === true,
    correlationId: orNull(event.correlationId, UUID),
    detections: event.detections.slice(0, LOGGED_DETECTIONS_MAX).map(loggableDetection),
    enforced: event.enforced === true,
    id: only(event.id, UUID),
    identity: loggableIdentity(event.identity),
    mode: loggableMode(event.mode),
    operation: only(event.operation, OPERATION),
    payloadShapeHash: only(event.payloadShapeHash, SHORT_DIGEST),
    profile: orNull(event.profile, NAME),
    protocol: only(event.protocol, NAME),
    schemaVersion: AUDIT_SCHEMA_VERSION,
    summary: loggableSummary(event.summary),
    timestamp: only(event.timestamp, TIMESTAMP),
    ...(event.upstream === undefined ? undefined : { upstream: only(event.upstream, NAME) }),
  };
}

function loggableDecision(event: DecisionEvent): DecisionEvent {
  return {
    blocked: event.blocked === true,
    ...(event.changedKeys === undefined ? undefined : { changedKeys: loggableKeys(event.changedKeys) }),
    correlationId: orNull(event.correlationId, UUID),
    ...(event.count === undefined ? undefined : { count: count(event.count) }),
    decision: AUDIT_DECISIONS.includes(event.decision) ? event.decision : "internal_error",
    enforced: event.enforced === true,
    id: only(event.id, UUID),
    identity: loggableIdentity(event.identity),
    ...(event.kid === undefined ? undefined : { kid: only(event.kid, KID) }),
    mode: loggableMode(event.mode),
    ...(event.newKid === undefined ? undefined : { newKid: only(event.newKid, KID) }),
    operation: only(event.operation, OPERATION),
    pathHash: orNull(event.pathHash, SHORT_DIGEST),
    profile: orNull(event.profile, NAME),
    protocol: only(event.protocol, NAME),
    reason: only(event.reason, REASON),
    routeId: orNull(event.routeId, NAME),
    schemaVersion: AUDIT_SCHEMA_VERSION,
    ...(event.segment === undefined ? undefined : { segment: loggableSegment(event.segment) }),
    summary: loggableSummary(event.summary),
    timestamp: only(event.timestamp, TIMESTAMP),
    ...(event.token === undefined ? undefined : { token: only(event.token, TOKEN) }),
    ...(event.upstream === undefined ? undefined : { upstream: only(event.upstream, NAME) }),
  };
}

function loggableSegment({ number, previousHash, previousRecords }: SegmentLink): SegmentLink {
  return { number: count(number), previousHash: only(previousHash, DIGEST), previousRecords: count(previousRecords) };
}

function loggableKeys(keys: readonly string[]): readonly string[] {
  return keys.slice(0, LOGGED_KEYS_MAX).map((key) => only(key, CONFIG_KEY));
}

function loggableDetection(detection: AuditDetection): AuditDetection {
  return {
    action: ACTIONS.includes(detection.action) ? detection.action : "block",
    confidence: Number.isFinite(detection.confidence) ? detection.confidence : 0,
    enforced: detection.enforced === true,
    kind: detection.kind === "key" || detection.kind === "number" ? detection.kind : "value",
    path: only(detection.path, PATH),
    ruleId: only(detection.ruleId, RULE_ID),
    ...(detection.supersededBy === undefined ? undefined : { supersededBy: only(detection.supersededBy, RULE_ID) }),
    type: only(detection.type, RULE_ID),
  };
}

function loggableIdentity(identity: AuditIdentity | null): AuditIdentity | null {
  if (identity === null) return null;
  return {
    id: only(identity.id, RULE_ID),
    issuerHash: orNull(identity.issuerHash, DIGEST),
    provider: only(identity.provider, NAME),
    subjectHash: orNull(identity.subjectHash, DIGEST),
    type: identity.type === "user" || identity.type === "agent" ? identity.type : "service",
  };
}

function loggableSummary(summary: AuditSummary): AuditSummary {
  return {
    byAction: loggableCounts(summary.byAction),
    byType: loggableCounts(summary.byType),
    detectionCount: count(summary.detectionCount),
    ...(summary.droppedByType === undefined ? undefined : { droppedByType: loggableCounts(summary.droppedByType) }),
    ...(summary.droppedCount === undefined ? undefined : { droppedCount: count(summary.droppedCount) }),
    ...(summary.suppressedByType === undefined
      ? undefined
      : { suppressedByType: loggableCounts(summary.suppressedByType) }),
    ...(summary.suppressedCount === undefined ? undefined : { suppressedCount: count(summary.suppressedCount) }),
  };
}

function loggableCounts(counts: Readonly<Record<string, number>>): Record<string, number> {
  const written = new Map<string, number>();
  for (const [name, value] of Object.entries(counts)) {
    const key = only(name, COUNTED_NAME);
    written.set(key, (written.get(key) ?? 0) + count(value));
  }
  return Object.fromEntries([...written].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function loggableMode(mode: AuditEvent["mode"]): AuditEvent["mode"] {
  return mode !== "n/a" && MODES.includes(mode) ? mode : "n/a";
}

function count(value: number): number {
  return Number.isSafeInteger(value) && value >= 0 ? value : 0;
}

function orNull(text: string | null, form: Form): string | null {
  return text === null || text === undefined ? null : only(text, form);
}

function only(text: string, form: Form): string {
  return typeof text === "string" && text.length <= form.lengthMax && form.pattern.test(text) ? text : UNLOGGABLE;
}

/** What the strings of a field look like. All forms are printable ASCII without `"` and `\`. */
interface Form {
  readonly lengthMax: number;
  readonly pattern: RegExp;
}

const UUID: Form = { lengthMax: 36, pattern: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ };
const TIMESTAMP: Form = { lengthMax: 27, pattern: /^[+-]?\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ };
/** A keyed SHA-256, hex or base64url. */
const DIGEST: Form = { lengthMax: 64, pattern: /^(?:[0-9a-f]{64}|[\w-]{43})$/ };
const SHORT_DIGEST: Form = { lengthMax: 12, pattern: /^[0-9a-f]{12}$/ };
// Names come from tables and the configuration. Five digits in a row are the start
// of a number that identifies somebody and no part of a name.
const NAME: Form = { lengthMax: 64, pattern: /^(?!.*\d{5})[A-Za-z][\w.:-]*$/ };
const RULE_ID: Form = { lengthMax: 128, pattern: /^[A-Za-z0-9][\w.:-]*$/ };
/** A type, an action or a decision. Members whose names are numbers would stand first in an object, whatever their order. */
const COUNTED_NAME: Form = { lengthMax: 128, pattern: /^[A-Za-z][\w.:-]*$/ };
/** `request:POST chat-completions`, `proxy:llm-http:messages`, `mcp:tools/call`. */
const OPERATION: Form = {
  lengthMax: 128,
  pattern: /^(?!.*\d{5})[a-z][\w.-]*(?:[:/](?:[A-Z]{3,7} )?[A-Za-z][\w.-]*){0,5}$/,
};
/** A constant, with one number at most: `rate:60`. */
const REASON: Form = { lengthMax: 80, pattern: /^(?![^:]*\d{5})[a-z][a-z0-9]*(?:_[a-z0-9]+)*(?::\d{1,16})?$/ };
/** Hashed keys and indexes (core/document/private-path.ts), or the place of a text outside the body. */
const PATH: Form = {
  lengthMax: 1_024,
  pattern: /^(?:path|query|header|(?:(?:key_[0-9a-f]{12}|\[\d{1,10}\])(?:\.(?!$)|$))*)$/,
};
/** Names of our schema: `limits.maxInFlight`. */
const CONFIG_KEY: Form = { lengthMax: 128, pattern: /^[a-z][A-Za-z]*(?:\.[a-z][A-Za-z]*){0,5}$/ };
/** Ids of keys come from the key file; ours hold the time of their making. */
const KID: Form = { lengthMax: 128, pattern: /^[A-Za-z][\w.:-]*$/ };
const TOKEN: Form = {
  lengthMax: 160,
  pattern: /^(?:tok_[a-z][a-z0-9_]*_[0-9a-f]{16}(?:[0-9a-f]{16})?|nontoken_[0-9a-f]{32})$/,
};
