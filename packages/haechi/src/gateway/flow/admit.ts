import { HaechiError } from "../../core/errors.ts";
import { type Route, UNKNOWN_ROUTE } from "../../protocols/protocol.ts";
import type { Exchange } from "../exchange.ts";
import type { HopRules } from "../headers/client-address.ts";
import { type HeaderList, headerValue, headerValues } from "../headers/header-list.ts";
import type { WebRules } from "../headers/web-origin.ts";
import { type InFlight, overloaded } from "../listen/in-flight.ts";
import { isTrustedPeer } from "../listen/peer.ts";

export interface AdmissionRules {
  readonly inFlight: InFlight;
  /** Clients must have shown a certificate that is trusted. */
  readonly requiresCertificate: boolean;
  /** A trusted hop in front terminates TLS, and every request must have come through it. */
  readonly requiresForwardedProto: boolean;
  readonly hops: HopRules;
  /** Which names and web pages are answered. */
  readonly web: WebRules;
}

/**
 * Lets an exchange in by what its head alone shows.
 * @throws HaechiError OVERLOADED, CLIENT_CERTIFICATE_REQUIRED, FORWARDED_PROTO_REQUIRED, HEADER_INVALID,
 *   HOST_NOT_ALLOWED, ORIGIN_NOT_ALLOWED, TARGET_INVALID, UPGRADE_UNSUPPORTED
 */
export function admit(exchange: Exchange, rules: AdmissionRules): void {
  const { inFlight, requiresCertificate, requiresForwardedProto, hops, web } = rules;
  const obstacle = inFlight.obstacle();
  if (obstacle !== null) throw overloaded(obstacle);
  if (requiresCertificate && !showedCertificate(exchange.request.socket)) {
    throw new HaechiError("CLIENT_CERTIFICATE_REQUIRED", "The client has shown no certificate that is trusted");
  }
  if (exchange.request.headFault !== undefined) throw exchange.request.headFault;
  if (requiresForwardedProto && !cameOverTls(exchange.request, hops)) {
    throw new HaechiError("FORWARDED_PROTO_REQUIRED", "The request did not reach the trusted hop over HTTPS");
  }
  // RFC 9112 §3.2: two Host fields are two readings of where the request was meant to go.
  const hosts = headerValues(exchange.request.rawHeaders, "host").length;
  if (hosts > 1 || (hosts === 0 && exchange.request.httpVersion !== "1.0")) {
    throw new HaechiError("HEADER_INVALID", "The request has no Host header, or more than one");
  }
  if (SINGLE.some((name) => headerValues(exchange.request.rawHeaders, name).length > 1)) {
    throw new HaechiError("HEADER_INVALID", "The request has two credentials of one kind");
  }
  // RFC 9110 §9.3.8: what answers it says the request again, credentials and all.
  if (exchange.method === "TRACE") throw new HaechiError("HEADER_INVALID", "The request asks to be said again");
  if (!isFramedPlainly(exchange.request)) {
    throw new HaechiError("HEADER_INVALID", "The request is framed in a way that others may read otherwise");
  }
  if (!web.isHostAllowed(exchange.request.rawHeaders)) {
    throw new HaechiError("HOST_NOT_ALLOWED", "The request is for a host that is not this gateway");
  }
  if (!web.isOriginAllowed(exchange.request.rawHeaders)) {
    throw new HaechiError("ORIGIN_NOT_ALLOWED", "The request comes from a web page that may not send any");
  }
  if (!isOriginForm(exchange.target)) {
    throw new HaechiError("TARGET_INVALID", "The request target is not a plain path below this server");
  }
  // Nobody would look into what follows; clients that hear this go on with plain requests.
  if (asksForWebSocket(exchange.request.rawHeaders)) {
    throw new HaechiError("UPGRADE_UNSUPPORTED", "The request asks for a WebSocket");
  }
}

/**
 * True when every server reads the same end of the request (RFC 9112 §6.1, §6.3): no transfer coding but `chunked`, and
 * none in HTTP/1.0; and when nothing is expected but to be told to continue (RFC 9110 §10.1.1).
 */
function isFramedPlainly({ rawHeaders, httpVersion }: Exchange["request"]): boolean {
  const codings = headerValues(rawHeaders, "transfer-encoding");
  if (codings.length > 0) {
    if (httpVersion === "1.0" || codings.length > 1 || codings[0]!.toLowerCase() !== "chunked") return false;
    if (headerValue(rawHeaders, "content-length") !== undefined) return false;
  }
  return headerValues(rawHeaders, "expect").every((value) => value.toLowerCase() === "100-continue");
}

/** What the TLS library found when the client shook hands. */
function showedCertificate(socket: Exchange["request"]["socket"]): boolean {
  return "authorized" in socket && socket.authorized === true;
}

/** Of two, one server would take the first and another the last. */
const SINGLE = ["authorization", "api-key", "x-api-key", "x-goog-api-key"] as const;

/** Other protocols are offers, which a server may leave aside (RFC 9110 §7.8). */
function asksForWebSocket(headers: HeaderList): boolean {
  return headerValues(headers, "upgrade").some((value) => /(?:^|,)\s*websocket\b/i.test(value));
}

/**
 * Lets an exchange on by its route.
 * @throws HaechiError ROUTE_REFUSED, ROUTE_UNKNOWN
 */
export function admitRoute(route: Route, allowsUnknown: boolean): void {
  if (route.refused !== undefined) {
    throw new HaechiError("ROUTE_REFUSED", "The route is not served", { reason: `route_${route.refused}` });
  }
  if (route.id === UNKNOWN_ROUTE.id && !allowsUnknown) throw new HaechiError("ROUTE_UNKNOWN", "The route is not known");
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

// A server that decodes before it resolves would remove encoded dots as well, and the path may be encoded more
// than once. An encoded slash inside a name stays allowed as long as no dot segment comes of it.
function isOriginFormEncoded(path: string): boolean {
  let decoded = path;
  for (let round = 0; round < DECODE_ROUNDS && decoded.includes("%"); round++) {
    try {
      decoded = decodeURIComponent(decoded);
    } catch {
      // Not percent-encoded UTF-8: malformed as sent, or a literal percent sign of an inner round.
      if (round === 0) return false;
      break;
    }
    if (AMBIGUOUS.test(decoded) || decoded.startsWith("//") || HAS_DOT_SEGMENT.test(decoded)) return false;
  }
  return true;
}

/** Nobody encodes an honest path this often; what is still encoded then stays encoded for the upstream too. */
const DECODE_ROUNDS = 4;

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const AMBIGUOUS = /[\\\u0000-\u001f\u007f]/;

// Of several hops only the one nearest the client speaks about the client's own connection.
function cameOverTls({ socket, rawHeaders }: Exchange["request"], hops: HopRules): boolean {
  if (!isTrustedPeer(socket, hops)) return false;
  const [first = ""] = (headerValue(rawHeaders, "x-forwarded-proto") ?? "").split(",", 1);
  return first.trim().toLowerCase() === "https";
}
