import type { ExitCode } from "./exit-codes.ts";
import type { CliIo } from "./io.ts";
import type { View } from "./view.ts";

/** One command of the program: how it is written, and what it does. */
export interface Command {
  readonly arguments: readonly ArgumentSpec[];
  readonly options: readonly OptionSpec[];
  /** Members of the JSON output in their order; none for a command that does not end with one JSON document. */
  readonly members: readonly string[];
  /** Exit codes besides 0, 1 and 2. */
  readonly exitCodes: readonly ExitCode[];
  /** Command lines that work as they stand, and what each is for. */
  readonly examples: readonly Example[];
  run(given: Given, io: CliIo): Promise<CommandResult>;
}

export interface ArgumentSpec {
  readonly name: string;
  readonly isOptional?: boolean;
  /** Any number of them, the last argument only. */
  readonly isVariadic?: boolean;
  readonly description: string;
}

export interface OptionSpec {
  /** Without the dashes. */
  readonly name: string;
  /** Name of its value, `<file>` or `[file]` where the value may be left out; a flag has none. */
  readonly value?: string;
  readonly isRepeatable?: boolean;
  readonly choices?: readonly string[];
  readonly description: string;
}

export interface Example {
  readonly line: string;
  readonly purpose: string;
}

/** What stood on the command line. */
export interface Given {
  readonly arguments: readonly string[];
  /** By option name: the text, the texts of a repeatable one, or true for a flag and a value left out. */
  readonly options: ReadonlyMap<string, string | readonly string[] | true>;
}

export interface CommandResult {
  /** One of `EXIT_CODES`, or that of a program which the command ran. */
  readonly exitCode: number;
  readonly output: Report | PlainText | null;
}

/** One JSON document for programs, and the same in words for a person at a terminal. */
export interface Report {
  readonly kind: "report";
  /** Exactly the members that the command declares. */
  readonly members: Readonly<Record<string, unknown>>;
  inWords(view: View): string;
}

/** The same text for everyone. */
export interface PlainText {
  readonly kind: "text";
  readonly text: string;
}
