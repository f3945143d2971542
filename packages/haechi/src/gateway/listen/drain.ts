import type { Listener } from "./server.ts";

/**
 * Stops a server: nothing new is accepted, idle connections close at once, exchanges
 * may finish. What is left after the grace period is cut off.
 * @param beforeCut gets the chance to say something to whoever is left
 */
export function drain(
  { server, connections, http2 }: Listener,
  graceMs: number,
  beforeCut: () => Promise<void> = async () => {},
): Promise<void> {
  return new Promise((resolve) => {
    // It keeps the process alive: a connection that is not read from does not.
    const grace = setTimeout(async () => {
      await beforeCut();
      server.closeAllConnections();
      http2?.closeAll();
      // A connection that never became an exchange, such as one in a TLS handshake, is not waited for.
      resolve();
    }, graceMs);
    server.close(() => {
      clearTimeout(grace);
      resolve();
    });
    connections.closeWhenIdle();
    http2?.closeWhenIdle();
  });
}
