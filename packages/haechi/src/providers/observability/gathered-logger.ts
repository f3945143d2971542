import type { LogFields, Logger } from "../../ports/logger.ts";

/** One line of a log that is not written yet. */
export interface LogLine {
  readonly level: keyof Logger;
  readonly event: string;
  readonly fields: LogFields;
}

/** A log that keeps its lines until somebody takes them, and from then on writes. */
export interface GatheredLogger extends Logger {
  /** The lines so far. */
  release(): readonly LogLine[];
}

/** @param fields of every line that is written */
export function gatherLines(written: Logger, fields: LogFields): GatheredLogger {
  const lines: LogLine[] = [];
  let isReleased = false;
  const log = (level: keyof Logger) => (event: string, given?: LogFields) => {
    if (isReleased) written[level](event, { ...given, ...fields });
    else lines.push({ level, event, fields: given ?? {} });
  };
  return {
    info: log("info"),
    warn: log("warn"),
    error: log("error"),
    release() {
      isReleased = true;
      return lines.splice(0);
    },
  };
}
