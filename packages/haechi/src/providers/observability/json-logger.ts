import type { LogFields, Logger } from "../../ports/logger.ts";

/** Where lines go. */
export interface LogOutput {
  write(text: string): unknown;
}

/** A log with one JSON object a line: information on the first output, warnings and errors on the second. */
export function createJsonLogger(
  now: () => number,
  { out, err }: { readonly out: LogOutput; readonly err: LogOutput },
): Logger {
  const write = (output: LogOutput, level: "info" | "warn" | "error", event: string, fields: LogFields | undefined) => {
    // The fixed members come last, so that no field can stand in for them.
    output.write(`${JSON.stringify({ ...fields, level, event, timestamp: new Date(now()).toISOString() })}\n`);
  };
  return {
    info: (event, fields) => write(out, "info", event, fields),
    warn: (event, fields) => write(err, "warn", event, fields),
    error: (event, fields) => write(err, "error", event, fields),
  };
}
