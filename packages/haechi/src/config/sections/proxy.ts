import { parseAddressOrBlock } from "../../core/net/ip-address.ts";
import { key, section } from "../key.ts";
import { type ConfigProblem, isRecord, type RawConfig } from "../problem.ts";
import { flag, integer, integerOr, listOf, nonEmptyListOf, oneOf, text, textMatching } from "../value-kinds.ts";
import { tls } from "./proxy-tls.ts";

// RFC 1123 §2.1, with the underscores that some networks have.
const HOST_NAME = /^(?=.{1,253}$)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62})(?:\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*$/;
// RFC 6454 §6.2.
/** Roughly; `trustedHopProblems` reads it. */
const ADDRESS_OR_BLOCK = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)(?:\/\d{1,3})?$/;
const ORIGIN = /^https?:\/\/(?:[A-Za-z0-9_.-]{1,253}|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;

export const proxy = section("Where the gateway listens.", {
  host: key(
    "Address to listen on. Anything but loopback also needs the flag `--allow-remote-bind`, and TLS or `proxy.trustForwardedProto`.",
    text,
    "127.0.0.1",
  ),
  port: key("Port to listen on; 0 takes any free one. `--port` overrides it.", integer(0, 65_535), 11_016),
  workers: key(
    "Processes that serve the port, or `auto` for one on each core. They share audit log, vault, keys and what callers may take, and `limits.maxInFlight` is divided between them. Only `haechi proxy` starts them.",
    integerOr("auto", 1, 64),
    1,
  ),
  reloadOnChange: key(
    "Take up a changed configuration file while the gateway runs, some seconds after the change. The signal SIGHUP asks for that at once, whatever stands here.",
    flag,
    true,
  ),
  tls: key(
    "Serve https: `{keyFile, certFile}` with PEM files, or `{pfxFile, passphrase?}`. Null serves http. Files that change are read again.",
    tls,
    null,
  ),
  http2: key(
    "With `proxy.tls`, serve clients that ask for it in HTTP/2; all others are served in HTTP/1.1. Without TLS there is no HTTP/2.",
    flag,
    true,
  ),
  allowedHosts: key(
    "Host names that clients may call the gateway by, without port; addresses and the names of this machine always may be. Unset, any name will do where `proxy.host` is not loopback, and no further one where it is: a web page could give its own name the address of the gateway.",
    nonEmptyListOf(textMatching(HOST_NAME, "a host name without port")),
  ),
  allowedOrigins: key(
    "Origins of web pages whose scripts may use the gateway and read its answers, such as `http://localhost:3000`; their browsers are told so (CORS). Unset, no page of another origin may where `auth.provider` is `none`.",
    listOf(textMatching(ORIGIN, "an origin: http or https, a host, and a port that is not the usual one")),
  ),
  trustForwardedProto: key(
    "The operator states that a trusted hop in front terminates TLS; requests must then carry `X-Forwarded-Proto: https`.",
    flag,
    false,
  ),
  trustedHops: key(
    "Addresses of the hops in front, single or as blocks such as `10.0.0.0/8`. What these say of a client's address is believed, and with `proxy.trustForwardedProto` only these may say that a request came over TLS. Unset, whoever connects is the client.",
    nonEmptyListOf(textMatching(ADDRESS_OR_BLOCK, "an address, or a block such as 10.0.0.0/8")),
  ),
  clientAddressHeader: key(
    "Where trusted hops write a client's address. They must write it themselves, and at the end of what is there.",
    oneOf(["x-forwarded-for", "forwarded"]),
    "x-forwarded-for",
  ),
  proxyProtocol: key(
    "With `required`, the hops in `proxy.trustedHops` forward connections, not requests: each begins with a header of the PROXY protocol, version 1 or 2, that names its client. What they begin otherwise is closed. Whoever connects from another address is a client.",
    oneOf(["off", "required"]),
    "off",
  ),
});

/** A hop that is misspelt is one that is not trusted, or more of them than was meant; without any, everybody would be one. */
export function trustedHopProblems({ proxy }: RawConfig): readonly ConfigProblem[] {
  if (!isRecord(proxy)) return [];
  if (proxy.proxyProtocol === "required" && proxy.trustedHops === undefined) {
    return [{ path: "proxy.proxyProtocol", message: "expected proxy.trustedHops beside it: who sends the headers" }];
  }
  if (!Array.isArray(proxy.trustedHops)) return [];
  return proxy.trustedHops.flatMap((text: unknown, index) =>
    typeof text !== "string" || parseAddressOrBlock(text) !== null
      ? []
      : [{ path: `proxy.trustedHops[${index}]`, message: "expected an address, or a block such as 10.0.0.0/8" }],
  );
}

/** What processes that know nothing of each other's exchanges cannot keep. */
export function workerProblems({ proxy, target, limits }: RawConfig): readonly ConfigProblem[] {
  if (!isRecord(proxy)) return [];
  const { workers } = proxy;
  if (isRecord(target) && target.type === "mcp" && (workers === "auto" || (typeof workers === "number" && workers > 1)))
    return [{ path: "proxy.workers", message: 'expected 1: a session of target.type "mcp" lives in one process' }];
  if (!isRecord(limits) || typeof limits.maxInFlight !== "number" || typeof workers !== "number") return [];
  return limits.maxInFlight > 0 && limits.maxInFlight < workers
    ? [{ path: "limits.maxInFlight", message: "expected 0 or at least one exchange for each of proxy.workers" }]
    : [];
}
