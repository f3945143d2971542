import type { ExitCode } from "./exit-codes.ts";

/** What whoever typed the command can mend. The message is shown as it is, so it never quotes file content. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exitCode: ExitCode;

  constructor(message: string, exitCode: ExitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The command line itself is wrong. */
export function usageError(message: string): CommandError {
  return new CommandError(message, 2);
}
