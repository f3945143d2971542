import { hash } from "node:crypto";
import { canonicalJson } from "../crypto/canonical-json.ts";
import type { AuditIntegrity } from "./event.ts";

/** The newest entry of a chain: what the next one is linked to. */
export interface ChainHead {
  /** The segment it stands in; absent in the first. */
  readonly segment?: number;
  readonly sequence: number;
  /** base64url. */
  readonly eventHash: string;
}

/**
 * The stored line of an event and the chain head it makes. The hash covers the
 * line's own bytes, without the `eventHash` member, so that a verifier needs no
 * opinion of its own on how JSON is written.
 * @param body canonical JSON of the event
 * @param previous the end of the segment so far; null begins the first segment
 */
export function sealEntry(
  body: string,
  previous: ChainHead | null,
): { readonly line: string; readonly head: ChainHead } {
  return seal(body, (previous?.sequence ?? 0) + 1, previous?.eventHash ?? null, previous?.segment);
}

/** The same for the first entry of a later segment, whose chain begins anew. */
export function sealFirstEntry(body: string, segment: number): { readonly line: string; readonly head: ChainHead } {
  return seal(body, 1, null, segment);
}

function seal(body: string, sequence: number, previous: string | null, segment: number | undefined) {
  const previousHash = previous === null ? "null" : `"${previous}"`;
  const segmentMember = segment === undefined ? "" : `"segment":${segment},`;
  // `auditIntegrity` sorts before every member of an event, so it can be put in front.
  const tail = `"previousHash":${previousHash},${segmentMember}"sequence":${sequence}},${body.slice(1)}`;
  const eventHash = hash("sha256", SEALED_LINE_START + tail, "base64url");
  const head: ChainHead = segment === undefined ? { sequence, eventHash } : { segment, sequence, eventHash };
  return { line: `${SEALED_LINE_START}"eventHash":"${eventHash}",${tail}`, head };
}

/** What a stored line says of itself, or why it cannot be an entry of ours. */
export type ReadEntry =
  | { readonly entry: Readonly<Record<string, unknown>>; readonly integrity: AuditIntegrity; readonly fault: null }
  | { readonly fault: "not JSON" | "missing auditIntegrity" };

/** Reads a line without judging its place in the chain or its hash. */
export function readEntry(line: string): ReadEntry {
  let entry: unknown;
  try {
    entry = JSON.parse(line);
  } catch {
    return { fault: "not JSON" };
  }
  if (!isObject(entry) || !isIntegrity(entry.auditIntegrity)) return { fault: "missing auditIntegrity" };
  return { entry, integrity: entry.auditIntegrity, fault: null };
}

/** Why the bytes of a line are not those that were sealed; null when they are. */
export function findSealFault(
  line: string,
  { entry, integrity }: Extract<ReadEntry, { fault: null }>,
): "not canonical" | "event hash mismatch" | null {
  // A second form of the same value (a space, a repeated key) would let two readers
  // see two different entries under one hash.
  if (!isCanonical(line, entry)) return "not canonical";
  const member = `"eventHash":"${integrity.eventHash}",`;
  const sealed = SEALED_LINE_START + line.slice(SEALED_LINE_START.length + member.length);
  if (!line.startsWith(SEALED_LINE_START + member)) return "not canonical";
  return hash("sha256", sealed, "base64url") === integrity.eventHash ? null : "event hash mismatch";
}

/**
 * The head that a line stands for, when its own seal holds; null otherwise.
 */
export function headOf(line: string): ChainHead | null {
  const read = readEntry(line);
  if (read.fault !== null || findSealFault(line, read) !== null) return null;
  return headOfIntegrity(read.integrity);
}

/** The head that an entry makes, by what it says of itself. */
export function headOfIntegrity({ segment, sequence, eventHash }: AuditIntegrity): ChainHead {
  return segment === undefined ? { sequence, eventHash } : { segment, sequence, eventHash };
}

/** How every stored line begins. */
export const SEALED_LINE_START = '{"auditIntegrity":{"alg":"sha256","canonicalization":"json-stable-v1",';

function isCanonical(line: string, entry: unknown): boolean {
  try {
    return canonicalJson(entry) === line;
  } catch {
    return false;
  }
}

function isIntegrity(value: unknown): value is AuditIntegrity {
  return (
    isObject(value) &&
    value.alg === "sha256" &&
    value.canonicalization === "json-stable-v1" &&
    Number.isSafeInteger(value.sequence) &&
    (value.segment === undefined || (Number.isSafeInteger(value.segment) && Number(value.segment) > 1)) &&
    isHash(value.eventHash) &&
    (value.previousHash === null || isHash(value.previousHash))
  );
}

function isHash(value: unknown): value is string {
  return typeof value === "string" && /^[\w-]{43}$/.test(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
