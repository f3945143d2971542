import * as z from "zod/mini";
import { ADDRESS_RULES, type AddressRule } from "../../core/net/address-class.ts";
import { key, keysOf, section } from "../key.ts";
import { type ConfigProblem, isRecord, type RawConfig } from "../problem.ts";
import { filePath, integer, integerOrNull, oneOf, TIMER_MAX_MS, text } from "../value-kinds.ts";

export const targetAddresses = oneOf(Object.keys(ADDRESS_RULES) as [AddressRule, ...AddressRule[]]);

export const targetPool = section("Connections to each upstream.", {
  connections: key("Connections at a time.", integer(1, 65_535), 256),
  pending: key(
    "Requests that may wait for one of them; more are answered 503, or go to another upstream.",
    integer(0),
    1024,
  ),
  keepAliveMs: key(
    "How long an unused connection is kept. An upstream that announces less is obeyed.",
    integer(1, TIMER_MAX_MS),
    4000,
  ),
});

export const targetTimeouts = section("How long each phase of an exchange with an upstream may take.", {
  connectMs: key(
    "To find the address, connect and agree on TLS. Never more than `limits.upstreamTimeoutMs`.",
    integer(1, TIMER_MAX_MS),
    10_000,
  ),
  queueMs: key(
    "For a request to be on a connection. Never more than `limits.upstreamTimeoutMs`.",
    integer(1, TIMER_MAX_MS),
    30_000,
  ),
  headersMs: key(
    "From the request to the head of the response. Null takes `limits.upstreamTimeoutMs`.",
    integerOrNull(1, TIMER_MAX_MS),
    null,
  ),
  idleMs: key(
    "The longest silence within a response, while nobody holds it up. Null takes `limits.upstreamTimeoutMs`.",
    integerOrNull(1, TIMER_MAX_MS),
    null,
  ),
  totalMs: key("For the whole exchange, streams included.", integer(1, TIMER_MAX_MS), 3_600_000),
});

export const targetTls = keysOf({
  caFile: key("PEM file with the authorities to trust in place of those of the platform.", filePath),
  certFile: key("PEM file with the certificate to identify ourselves with; needs `keyFile`.", filePath),
  keyFile: key("PEM file with the private key of that certificate; needs `certFile`.", filePath),
  serverName: key("The name to find in the upstream's certificate, where it is not the host of the URL.", text),
}).check(z.meta({ dependentRequired: { certFile: ["keyFile"], keyFile: ["certFile"] } }));

/** A key and its certificate stand together. */
export function targetTlsProblems({ target }: RawConfig): readonly ConfigProblem[] {
  if (!isRecord(target)) return [];
  const upstreams: readonly unknown[] = Array.isArray(target.upstreams) ? target.upstreams : [];
  return [
    ...problemsAt("target.tls", target.tls),
    ...upstreams.flatMap((one, at) => (isRecord(one) ? problemsAt(`target.upstreams[${at}].tls`, one.tls) : [])),
  ];
}

function problemsAt(path: string, tls: unknown): readonly ConfigProblem[] {
  if (!isRecord(tls) || (tls.certFile === undefined) === (tls.keyFile === undefined)) return [];
  const missing = tls.certFile === undefined ? "certFile" : "keyFile";
  return [{ path: `${path}.${missing}`, message: "expected a file path: keyFile and certFile belong together" }];
}
