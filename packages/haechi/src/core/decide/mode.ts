export const MODES = ["dry-run", "report-only", "enforce"] as const;

/** `enforce` transforms and blocks; the other two detect and record only. */
export type Mode = (typeof MODES)[number];

/** True when decisions of this mode change or stop a document. */
export function enforces(mode: Mode): boolean {
  return mode === "enforce";
}
