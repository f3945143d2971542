import { HaechiError } from "../../core/errors.ts";

/**
 * The error of ours for a failure that undici reports. Only its code is kept: a
 * parser's message or data would carry bytes of the response.
 */
export function upstreamFailure(error: Error): HaechiError {
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  if (code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT") {
    return new HaechiError("UPSTREAM_TIMEOUT", `The upstream did not answer in time (${code})`);
  }
  // Only a request's own parts are refused before it is sent, and those came from the client.
  if (code === "UND_ERR_INVALID_ARG") {
    return new HaechiError("HEADER_INVALID", "The request cannot be expressed in HTTP/1.1");
  }
  return new HaechiError("UPSTREAM_UNREACHABLE", `The exchange with the upstream failed (${code})`);
}
