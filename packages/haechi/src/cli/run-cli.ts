import { isHaechiError } from "../core/errors.ts";
import { CommandError } from "./command-error.ts";
import type { CliIo } from "./io.ts";
import { findCommand, GROUPS } from "./registry.ts";

/** Runs one command line to its end; the exit code says how that was. */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  try {
    return await runCommandLine(withHelpAsOption(argv), io);
  } catch (error) {
    io.stderr.write(`haechi: ${describeError(error)}\n`);
    return error instanceof CommandError ? error.exitCode : 1;
  }
}

async function runCommandLine(argv: readonly string[], io: CliIo): Promise<number> {
  if (argv[0] === "--version" || argv[0] === "-v") {
    const { PACKAGE_VERSION } = await import("../runtime/version.ts");
    io.stdout.write(`${PACKAGE_VERSION}\n`);
    return 0;
  }
  const entry = findCommand(argv);
  const called = entry === null ? null : { entry, command: await entry.load() };
  const { readCommandLine } = await import("./program.ts");
  // Help of something that is not there would be the help of everything.
  const isUnknown = called === null && !GROUPS.has(argv[0]!) && !argv[0]!.startsWith("-");
  const invocation = readCommandLine(isUnknown ? argv.slice(0, 1) : argv, called, io);
  if (invocation === null) return 0;
  const { command, given } = invocation;
  const result = await command.run(given, io);
  const { writeResult } = await import("./output.ts");
  await writeResult(result, command, given, io);
  return result.exitCode;
}

/** `help x`, and no words at all, ask for help as `x --help` does. */
function withHelpAsOption(argv: readonly string[]): readonly string[] {
  if (argv.length === 0) return ["--help"];
  return argv[0] === "help" ? [...argv.slice(1), "--help"] : argv;
}

/** Our own messages are written to be shown. Any other may quote anything, so only its class is told. */
function describeError(error: unknown): string {
  if (error instanceof CommandError || isHaechiError(error)) return error.message;
  const name = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
  return `unexpected failure (${name}${code})`;
}
