import { checkProof } from "../../providers/checkpoints/audit-proofs.ts";
import type { Command } from "../command.ts";
import { CommandError, usageError } from "../command-error.ts";
import { reportOptions, textOf } from "../options.ts";
import { readInput } from "../read-input.ts";
import { reported } from "../result.ts";
import { printable } from "../view.ts";
import { verifierKeyOf } from "./audit-verify.ts";

export const auditCheckProof: Command = {
  arguments: [{ name: "file", description: "A proof of haechi audit prove, or - for standard input." }],
  options: [
    {
      name: "verifier-key",
      value: "<key>",
      description:
        "The key that the log is known to sign with, or a file with it; the one in the proof is not believed.",
    },
    ...reportOptions,
  ],
  members: ["ok", "result"],
  exitCodes: [4],
  examples: [
    {
      line: "haechi audit check-proof proof.json --verifier-key audit-checkpoint.key.json.pub",
      purpose: "Check a proof; neither the log nor a network is needed.",
    },
  ],
  async run(given, { stdin }) {
    const keyText = textOf(given, "verifier-key");
    if (keyText === undefined) throw usageError("--verifier-key is needed");
    const key = verifierKeyOf(keyText);
    const bundle = parse((await readInput(given.arguments[0]!, stdin)).toString("utf8"));
    const result = checkProof(bundle, key);
    return reported(
      { ok: result.valid, result },
      ({ paint, facts }) => {
        if (!result.valid) return paint.bad(`The proof does not hold: ${result.reason}.`);
        const what =
          result.proves === "inclusion" ? "The entry is in the log." : "The log goes on from the old checkpoint.";
        return [
          paint.good(what),
          facts([
            ["log", key.name],
            ["segment", String(result.segment)],
            ["entries signed", String(result.size)],
            ...(result.entry === undefined ? [] : [["event", printable(String(result.entry.id))] as const]),
          ]),
        ].join("\n");
      },
      result.valid ? 0 : 4,
    );
  },
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError("the proof is not JSON", 4);
  }
}
