import { HaechiError } from "../../core/errors.ts";

/** The error of ours for what the system says against an address; anything else stays what it is. */
export function bindFailure(error: Error): Error {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const message = Object.hasOwn(MESSAGES, code) ? MESSAGES[code] : undefined;
  return message === undefined ? error : new HaechiError("BIND_REFUSED", message, { cause: error });
}

const MESSAGES: Readonly<Record<string, string>> = {
  EADDRINUSE: "proxy.port: another program listens there already",
  EACCES: "proxy.port: the system does not let this user listen there",
  EADDRNOTAVAIL: "proxy.host: it is not an address of this machine",
  ENOTFOUND: "proxy.host: no address is known for this name",
  EAI_AGAIN: "proxy.host: no address is known for this name",
};
