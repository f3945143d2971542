import { Argument, Command as CommanderCommand, CommanderError, Option } from "commander";
import type { ArgumentSpec, Command, Given, OptionSpec } from "./command.ts";
import { CommandError, usageError } from "./command-error.ts";
import { EXIT_CODES, type ExitCode } from "./exit-codes.ts";
import type { CliIo } from "./io.ts";
import { COMMANDS, type CommandEntry, GROUPS } from "./registry.ts";

/** A command that the command line asks for, with what it was given. */
export interface Invocation {
  readonly command: Command;
  readonly given: Given;
}

/**
 * Reads a command line. Null when it asked for help, which has been written then.
 * @param called the command that it begins with, and its definition
 * @throws CommandError
 */
export function readCommandLine(
  argv: readonly string[],
  called: { readonly entry: CommandEntry; readonly command: Command } | null,
  { stdout }: CliIo,
): Invocation | null {
  let invocation: Invocation | null = null;
  const program = createProgram(stdout);
  const groups = new Map<string, CommanderCommand>();
  for (const entry of COMMANDS) {
    const [first = "", second] = entry.name.split(" ");
    const parent = second === undefined ? program : groupOf(first, program, groups);
    const child = parent
      .command(second ?? first)
      .summary(entry.summary)
      .description(entry.summary);
    if (entry !== called?.entry) continue;
    const { command } = called;
    dress(child, command);
    child.action(() => {
      invocation = { command, given: givenOf(child, command) };
    });
  }
  try {
    program.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (!HELP_CODES.has(error.code)) throw asCommandError(error);
  }
  return invocation;
}

function createProgram(stdout: CliIo["stdout"]): CommanderCommand {
  return new CommanderCommand("haechi")
    .description("A privacy and security gateway for AI traffic: finds personal data and secrets, and acts on them.")
    .option("-v, --version", "Show the version.")
    .helpOption("-h, --help", "Show this text.")
    .helpCommand("help [command]", "Show this text, or that of a command.")
    .addHelpText("after", exitCodesText([0, 1, 2, 3, 4, 5, 6]))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      // Help that commander writes because a command is missing; errors are written by whoever catches them.
      writeErr: (text) => stdout.write(text),
      outputError: () => undefined,
      getOutHelpWidth: () => Math.min(stdout.columns ?? HELP_WIDTH, HELP_WIDTH),
      getOutHasColors: () => false,
    });
}

const HELP_WIDTH = 100;
const HELP_CODES: ReadonlySet<string> = new Set(["commander.help", "commander.helpDisplayed"]);

function groupOf(name: string, program: CommanderCommand, groups: Map<string, CommanderCommand>): CommanderCommand {
  const known = groups.get(name);
  if (known !== undefined) return known;
  const summary = GROUPS.get(name) ?? "";
  const group = program.command(name).summary(summary).description(summary).helpCommand(false);
  groups.set(name, group);
  return group;
}

/** Gives a command its arguments, options and the rest of its help. */
function dress(child: CommanderCommand, { arguments: args, options, exitCodes, examples }: Command): void {
  for (const argument of args) child.addArgument(new Argument(argumentText(argument), argument.description));
  for (const spec of options) child.addOption(optionOf(spec));
  const lines = examples.map(({ line, purpose }) => `  ${line}\n      ${purpose}`);
  const title = lines.length === 1 ? "Example:" : "Examples:";
  child.addHelpText("after", ["", title, ...lines, exitCodesText([0, 1, 2, ...exitCodes])].join("\n"));
}

/** As it is written on a command line. */
export function argumentText({ name, isOptional, isVariadic }: ArgumentSpec): string {
  const written = isVariadic === true ? `${name}...` : name;
  return isOptional === true ? `[${written}]` : `<${written}>`;
}

function optionOf({ name, value, isRepeatable, choices, description }: OptionSpec): Option {
  const option = new Option(value === undefined ? `--${name}` : `--${name} ${value}`, description);
  if (choices !== undefined) option.choices([...choices]);
  if (isRepeatable === true) {
    option.argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text]);
  }
  return option;
}

function exitCodesText(codes: readonly ExitCode[]): string {
  return ["", "Exit codes:", ...codes.map((code) => `  ${code}  ${EXIT_CODES[code]}`)].join("\n");
}

function givenOf(child: CommanderCommand, { options }: Command): Given {
  const given = new Map<string, string | readonly string[] | true>();
  for (const spec of options) {
    const key = optionOf(spec).attributeName();
    // Commander keeps `--no-x` as x with the value false.
    const value: unknown = child.getOptionValue(key);
    if (spec.name.startsWith("no-")) {
      if (value === false) given.set(spec.name, true);
    } else if (typeof value === "string" || Array.isArray(value)) {
      given.set(spec.name, value);
    } else if (value === true) {
      given.set(spec.name, true);
    }
  }
  return { arguments: child.args, options: given };
}

/** The same in the manner of this program; what was typed as a value is not repeated, it may be a secret. */
function asCommandError({ code, message }: CommanderError): CommandError {
  const text = message.replace(/^error: /, "");
  switch (code) {
    case "commander.unknownCommand":
      return new CommandError(text, 1);
    case "commander.unknownOption":
      return usageError(text.replace(/^(unknown option '[^'=]*)=[^']*'/, "$1'"));
    case "commander.excessArguments":
      return usageError("too many arguments");
    case "commander.invalidArgument":
      return usageError(text.replace(/ argument '.*' is invalid\./s, " cannot have this value."));
    default:
      return usageError(text);
  }
}
