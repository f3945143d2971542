/** What a running gateway holds on to: its socket, its processes, its files, and who is let in. Sections stand for all of their keys. */
const HELD: readonly string[] = [
  "proxy.host",
  "proxy.port",
  "proxy.workers",
  "proxy.reloadOnChange",
  "proxy.tls",
  "proxy.http2",
  "proxy.proxyProtocol",
  "limits.requestTimeoutMs",
  "limits.headersTimeoutMs",
  "keys",
  "audit",
  "tokenVault.provider",
  "tokenVault.path",
  "logging",
  "telemetry",
  "auth",
];

/** True for a key that a gateway reads once, when it starts. */
export function needsRestart(path: string): boolean {
  return HELD.some((held) => path === held || path.startsWith(`${held}.`));
}
