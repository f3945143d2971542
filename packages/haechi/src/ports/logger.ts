/** Values that may be logged: constants, counts, configuration, ids that we made. Never payload, header or credential. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Operational events with fields. */
export interface Logger {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
