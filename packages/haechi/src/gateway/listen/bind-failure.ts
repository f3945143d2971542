import { HaechiError } from "../../core/errors.ts";

/** The error of ours for what the system says against an address; anything else stays what it is. */
export function bindFailure(error: Error): Error {
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const message = Object.hasOwn(MESSAGES, code) ? MESSAGES[code] : undefined;
  if (message === undefined) return error;
  return new HaechiError("BIND_REFUSED", message(placeOf(error)), { cause: error });
}

const NO_ADDRESS = () => "proxy.host: no address is known for this name";

const MESSAGES: Readonly<Record<string, (place: string) => string>> = {
  EADDRINUSE: (place) => `proxy.port: another program listens ${place} already`,
  EACCES: (place) => `proxy.port: the system does not let this user listen ${place}`,
  EADDRNOTAVAIL: () => "proxy.host: it is not an address of this machine",
  ENOTFOUND: NO_ADDRESS,
  EAI_AGAIN: NO_ADDRESS,
};

/** Where it was that nobody could listen, as the system says. */
function placeOf(error: Error): string {
  if (!("address" in error) || typeof error.address !== "string") return "there";
  const host = error.address.includes(":") ? `[${error.address}]` : error.address;
  return "port" in error && typeof error.port === "number" ? `at ${host}:${error.port}` : `at ${host}`;
}
