import type { Server } from "node:net";

/**
 * Lets somebody look at each new connection of a server before those who follow its event so far.
 * @param look gets the way on, which is taken at once, later or never
 */
export function divert<S>(
  server: Server,
  event: "connection" | "secureConnection",
  look: (socket: S, goOn: () => void) => void,
): void {
  const listeners = server.listeners(event);
  server.removeAllListeners(event);
  server.on(event, (socket: S) =>
    look(socket, () => {
      for (const listener of listeners) listener.call(server, socket);
    }),
  );
}
