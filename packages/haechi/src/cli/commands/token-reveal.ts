import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, reportOptions } from "../options.ts";
import { reported } from "../result.ts";
import { allowRevealOption, behindRevealGate } from "../reveal-gate.ts";
import { printable } from "../view.ts";

export const tokenReveal: Command = {
  arguments: [{ name: "token", description: "A vault token, tok_… ." }],
  options: [configOption, allowRevealOption, ...reportOptions],
  members: ["token", "type", "plaintext"],
  exitCodes: [],
  examples: [
    {
      line: "haechi token-reveal tok_email_0123456789abcdef --allow-dev-reveal",
      purpose: "Show what a token stands for. Every attempt is recorded in the audit log.",
    },
  ],
  async run(given, io) {
    const { config } = readConfigurationAloud(given, io);
    const token = given.arguments[0]!;
    const { type, plaintext } = await behindRevealGate(given, config, io, ({ vault }) => vault.reveal(token));
    return reported({ token, type, plaintext }, ({ facts }) =>
      facts([
        ["token", token],
        ["type", type],
        ["value", printable(plaintext)],
      ]),
    );
  },
};
