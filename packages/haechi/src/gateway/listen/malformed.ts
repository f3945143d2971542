import { HaechiError } from "../../core/errors.ts";
import type { ClientRequest } from "../client-message.ts";

/** What Node's parser, or its clock, has against what a client sends; null for a connection that broke by itself. */
export function faultOf({ code = "" }: NodeJS.ErrnoException): HaechiError | null {
  if (code === "HPE_HEADER_OVERFLOW") {
    return new HaechiError("REQUEST_HEAD_TOO_LARGE", "The head of the request is larger than the limit");
  }
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return tooSlow();
  return code.startsWith("HPE_") ? new HaechiError("REQUEST_MALFORMED", "The request is not HTTP/1.1") : null;
}

/** A head that does not come to its end. */
export function tooSlow(): HaechiError {
  return new HaechiError("REQUEST_TOO_SLOW", "The request comes too slowly", { reason: "head_too_slow" });
}

const faults = new WeakMap<ClientRequest, HaechiError>();

/** Said on a request whose body will never be complete, though its connection may still be there. */
export const BODY_FAULT = "haechi:body-fault";

/** Tells whoever reads the body of a request, now or later, that the rest of it cannot be read. */
export function failBody(request: ClientRequest, fault: HaechiError): void {
  faults.set(request, ofBody(fault));
  request.emit(BODY_FAULT);
}

/** Nobody is there any more who could send the rest. */
export function clientLeft(): HaechiError {
  return new HaechiError("CLIENT_LEFT", "The client left before its request was complete");
}

function ofBody(fault: HaechiError): HaechiError {
  switch (fault.code) {
    case "CLIENT_LEFT":
      return fault;
    case "REQUEST_TOO_SLOW":
      return new HaechiError("REQUEST_TOO_SLOW", "The request body comes too slowly");
    default:
      return new HaechiError("REQUEST_BODY_MALFORMED", "The request body is not framed as its headers say");
  }
}

/** Why the body of a request cannot be read to its end; undefined while it can. */
export function bodyFault(request: ClientRequest): HaechiError | undefined {
  return faults.get(request);
}
