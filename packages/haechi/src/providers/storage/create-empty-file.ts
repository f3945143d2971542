import { closeSync, openSync } from "node:fs";

/**
 * Makes sure of a file for a database, 0600. One that is there is not even opened:
 * closing it again would drop the locks that this process holds on it by way of
 * another connection (https://www.sqlite.org/howtocorrupt.html §2.2).
 */
export function createEmptyFile(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}
