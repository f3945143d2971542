import { HaechiError } from "../../core/errors.ts";
import type { UpstreamFault } from "../../ports/upstream.ts";

/**
 * The error of ours for a failure that undici or a socket reports. Only its code is kept: a
 * parser's message or data would carry bytes of the response.
 * @param isStarted the request was on a connection, and so may have been sent
 */
export function upstreamFailure(error: Error, isStarted: boolean): HaechiError {
  if (error instanceof HaechiError) return error;
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  // Only a request's own parts are refused before it is sent, and those came from the client.
  if (code === "UND_ERR_INVALID_ARG") {
    return new HaechiError("HEADER_INVALID", "The request cannot be expressed in HTTP/1.1");
  }
  const reason = isStarted ? faultOfExchange(code) : faultOfConnecting(code);
  return TIMEOUTS.has(reason)
    ? new HaechiError("UPSTREAM_TIMEOUT", `The upstream did not answer in time (${code})`, { reason })
    : new HaechiError("UPSTREAM_UNREACHABLE", `The exchange with the upstream failed (${code})`, { reason });
}

const TIMEOUTS: ReadonlySet<string> = new Set<UpstreamFault>(["connect_timeout", "head_timeout", "body_timeout"]);

function faultOfExchange(code: string): UpstreamFault {
  if (code === "UND_ERR_HEADERS_TIMEOUT") return "head_timeout";
  if (code === "UND_ERR_BODY_TIMEOUT") return "body_timeout";
  return MALFORMED.test(code) ? "response_malformed" : "connection_broken";
}

/** What is wrong with a response: for the parser, which has no codes, and for undici. */
const MALFORMED = /^(?:HTTPParserError|UND_ERR_(?:HEADERS_OVERFLOW|RES_CONTENT_LENGTH_MISMATCH))$/;

function faultOfConnecting(code: string): UpstreamFault {
  return CONNECT_FAULTS.find(({ codes }) => codes.test(code))?.fault ?? "connection_failed";
}

// Codes of Node's resolver, of the sockets of the system, of OpenSSL's verification (X509_V_ERR_*) and of TLS.
const CONNECT_FAULTS: readonly { readonly codes: RegExp; readonly fault: UpstreamFault }[] = [
  { codes: /^(?:ENOTFOUND|EAI_.*|ENODATA)$/, fault: "name_unresolved" },
  { codes: /^ECONNREFUSED$/, fault: "connection_refused" },
  { codes: /^(?:UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, fault: "connect_timeout" },
  { codes: /^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/, fault: "certificate_expired" },
  { codes: /^ERR_TLS_CERT_ALTNAME_INVALID$/, fault: "certificate_name_mismatch" },
  {
    codes: /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*|CERT_.*|INVALID_(?:CA|PURPOSE))$/,
    fault: "certificate_untrusted",
  },
  { codes: /^(?:EPROTO|ERR_SSL_.*|ERR_TLS_.*)$/, fault: "tls_failed" },
];
