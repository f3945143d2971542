import type { Readable } from "node:stream";
import { createInlineRevealer } from "../../engine/vault/reveal-inline.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, isGiven, reportOptions } from "../options.ts";
import { readInput } from "../read-input.ts";
import { reported } from "../result.ts";
import { allowRevealOption, behindRevealGate } from "../reveal-gate.ts";
import { printable } from "../view.ts";

export const decrypt: Command = {
  arguments: [{ name: "marker", description: "A marker, [HAECHI_ENC:…], or - for standard input." }],
  options: [
    configOption,
    allowRevealOption,
    { name: "in-text", description: "Take a text, and open every marker in its place." },
    ...reportOptions,
  ],
  members: ["plaintext", "opened", "rejected"],
  exitCodes: [],
  examples: [
    {
      line: "haechi decrypt - --allow-dev-reveal < marker.txt",
      purpose: "Show the value in a marker. Every attempt is recorded in the audit log.",
    },
    {
      line: "haechi decrypt --in-text - --allow-dev-reveal < answer.txt",
      purpose: "Show a text as it was; markers that no key here opens stay in it, and the exit code is 1.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const isText = isGiven(given, "in-text");
    const input = await textOf(given.arguments[0]!, io.stdin);
    const revealed = await behindRevealGate(given, config, io, ({ crypto, audit, clock, random, config: gated }) => {
      const { revealPolicy } = gated.tokenVault;
      const revealer = createInlineRevealer({ crypto, audit, clock, random, revealPolicy });
      return isText ? revealer.revealInText(input) : revealer.revealMarker(input.trim());
    });
    const { plaintext, rejected } = revealed;
    return reported(
      { ...revealed },
      ({ paint }) => {
        const lines = plaintext.split("\n").map(printable);
        if (rejected > 0) lines.push("", paint.bad(`No key here opens ${rejected} of the markers; they stay.`));
        return lines.join("\n");
      },
      rejected === 0 ? 0 : 1,
    );
  },
};

async function textOf(argument: string, stdin: Readable): Promise<string> {
  if (argument !== "-") return argument;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await readInput("-", stdin));
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError("the input is not UTF-8");
  }
}
