import type { Logger } from "../ports/logger.ts";
import type { CommandConfiguration } from "./configuration.ts";
import type { Ending } from "./termination.ts";

/** What serves, in this process or in several. */
export interface Service {
  readonly url: string;
  readonly logger: Logger;
  reload(read: () => CommandConfiguration): Promise<boolean>;
  /** Resolves when it cannot go on. */
  readonly lost: Promise<Ending>;
  /** Drains. @returns the exit code */
  close(ending: Ending): Promise<0 | 5>;
}
