import type { Command, CommandResult, Given, Report } from "./command.ts";
import type { CliIo } from "./io.ts";
import { isGiven } from "./options.ts";

/** Writes what a command has to say: words for a person at a terminal, JSON for everything else. */
export async function writeResult(
  { output }: CommandResult,
  command: Command,
  given: Given,
  { stdout, environment }: CliIo,
): Promise<void> {
  if (output === null) return;
  if (output.kind === "text") {
    stdout.write(output.text);
  } else if (stdout.isTTY !== true || isGiven(given, "json")) {
    stdout.write(`${JSON.stringify(inOrder(output, command), null, 2)}\n`);
  } else {
    const { createView, wantsColor } = await import("./view.ts");
    const isColored = !isGiven(given, "no-color") && wantsColor(stdout, environment);
    stdout.write(`${output.inWords(createView({ isColored }))}\n`);
  }
}

function inOrder({ members }: Report, command: Command): Record<string, unknown> {
  return Object.fromEntries(command.members.map((name) => [name, members[name]]));
}
