import type { CommandResult, Report } from "./command.ts";
import type { ExitCode } from "./exit-codes.ts";

/** A result that is told as JSON or in words. */
export function reported(
  members: Report["members"],
  inWords: Report["inWords"],
  exitCode: ExitCode = 0,
): CommandResult {
  return { exitCode, output: { kind: "report", members, inWords } };
}

/** A result that is the same text for everyone. */
export function written(text: string): CommandResult {
  return { exitCode: 0, output: { kind: "text", text } };
}
