import { HaechiError } from "../../core/errors.ts";
import type { Exchange } from "../exchange.ts";
import { headerValue } from "../headers/header-list.ts";
import type { InFlight } from "../listen/in-flight.ts";

export interface AdmissionRules {
  readonly inFlight: InFlight;
  /** A trusted hop in front terminates TLS, and every request must have come through it. */
  readonly requiresForwardedProto: boolean;
}

/**
 * Lets an exchange in by what its head alone shows.
 * @throws HaechiError OVERLOADED, FORWARDED_PROTO_REQUIRED, TARGET_INVALID
 */
export function admit(exchange: Exchange, { inFlight, requiresForwardedProto }: AdmissionRules): void {
  if (!inFlight.hasRoom()) throw new HaechiError("OVERLOADED", "Too many exchanges are in flight");
  if (requiresForwardedProto && !cameOverTls(headerValue(exchange.request.rawHeaders, "x-forwarded-proto"))) {
    throw new HaechiError("FORWARDED_PROTO_REQUIRED", "The request did not reach the trusted hop over HTTPS");
  }
  if (!isOriginForm(exchange.target)) {
    throw new HaechiError("TARGET_INVALID", "The request target is not a plain path below this server");
  }
}

/**
 * True for a target that names the same resource to every reader: a path that begins with
 * one slash and a query (RFC 9112 §3.2.1), without anything that a server behind could
 * resolve to another path or another host. The target is forwarded as it is, so what is
 * ambiguous is refused instead of normalised.
 */
export function isOriginForm(target: string): boolean {
  if (target.charCodeAt(0) !== SLASH || !PLAIN.test(target)) return false;
  const mark = target.indexOf("?");
  const path = mark === -1 ? target : target.slice(0, mark);
  if (path.includes("//")) return false;
  return !path.includes("%") ? !HAS_DOT_SEGMENT.test(path) : isOriginFormEncoded(path);
}

const SLASH = 0x2f;

/** Visible ASCII without backslash, which some parsers take for a slash, and without a fragment, which no request carries. */
const PLAIN = /^[!"$-[\]-~]*$/;

// RFC 3986 §5.2.4. Matrix parameters after the dots do not stop some servers from removing the segment.
const HAS_DOT_SEGMENT = /\/\.\.?(?:[/;]|$)/;

// An encoded dot, slash or backslash is removed by a server that decodes before it resolves, and may be
// encoded more than once; an encoded slash inside a name stays allowed as long as no dot segment appears.
function isOriginFormEncoded(path: string): boolean {
  let decoded = path;
  for (let round = 0; round < DECODE_ROUNDS; round++) {
    const next = decoded.replace(/%(25|2e|2f|5c|00|0a|0d)/gi, (escape) =>
      String.fromCharCode(Number.parseInt(escape.slice(1), 16)),
    );
    if (next === decoded) break;
    decoded = next;
  }
  if (/[\\\0\r\n]/.test(decoded) || /^\/\//.test(decoded)) return false;
  return !HAS_DOT_SEGMENT.test(decoded);
}

/** Nobody encodes an honest path this often; what is still encoded then stays encoded for the upstream too. */
const DECODE_ROUNDS = 4;

// Of several hops only the one nearest the client speaks about the client's own connection.
function cameOverTls(forwardedProto: string | undefined): boolean {
  const [first = ""] = (forwardedProto ?? "").split(",", 1);
  return first.trim().toLowerCase() === "https";
}
