import type { JsonDocument } from "../../core/document/json-document.ts";
import { textDocument } from "../../core/document/text-document.ts";
import type { Protection } from "../../engine/protect-document.ts";
import { createRuntime, type Runtime } from "../../runtime/create-runtime.ts";
import { settingWarnings } from "../../runtime/protection-report.ts";
import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { countTable } from "../count-table.ts";
import { exactJson } from "../exact-json.ts";
import { passphraseFor } from "../key-passphrase.ts";
import { configOption, isGiven, reportOptions } from "../options.ts";
import { readInput } from "../read-input.ts";
import { reported } from "../result.ts";
import { printable, type View } from "../view.ts";

export const protect: Command = {
  arguments: [{ name: "file", description: "JSON document, or - for standard input." }],
  options: [
    configOption,
    { name: "text", description: "Take the document as plain text and not as JSON." },
    ...reportOptions,
  ],
  members: ["ok", "mode", "enforced", "blocked", "auditId", "summary", "payload", "warnings"],
  exitCodes: [3],
  examples: [
    { line: "haechi protect request.json", purpose: "What would leave in place of this request." },
    { line: "haechi protect --text - < notes.txt", purpose: "The same for plain text." },
  ],
  async run(given, io) {
    const { config, warnings } = readConfigurationAloud(given, io);
    const bytes = await readInput(given.arguments[0]!, io.stdin);
    const runtime = createRuntime(config, {}, await passphraseFor(config, io));
    try {
      const isText = isGiven(given, "text");
      const document = isText ? textDocument(bytes) : runtime.haechi.read(bytes);
      const protection = await protectDocument(document, runtime);
      const isBlocked = protection.verdict === "blocked";
      const text = isBlocked ? null : Buffer.from(protection.bytes[0]!).toString("utf8");
      const outcome: Outcome = {
        ok: !isBlocked,
        mode: runtime.policy.requestMode,
        enforced: protection.enforced,
        blocked: isBlocked,
        auditId: protection.auditId,
        summary: protection.summary,
        payload: text === null || isText ? text : exactJson(text),
        warnings: settingWarnings(config, warnings),
      };
      return reported({ ...outcome }, (view) => inWords(outcome, text, view), isBlocked ? 3 : 0);
    } finally {
      await runtime.close();
    }
  },
};

interface Outcome extends Pick<Protection, "enforced" | "auditId" | "summary"> {
  readonly ok: boolean;
  readonly mode: string;
  readonly blocked: boolean;
  readonly payload: unknown;
  readonly warnings: readonly string[];
}

/** The way of a request body, without an exchange around it. */
function protectDocument(document: JsonDocument, { haechi, policy }: Runtime): Promise<Protection> {
  return haechi.protect([{ place: "body", document }], {
    mode: policy.requestMode,
    policy: policy.profiles.base,
    direction: "request",
    scanNumbers: true,
    protocol: "cli",
    operation: "protect",
    identity: null,
    correlationId: null,
    restores: new Map(),
  });
}

function inWords(outcome: Outcome, text: string | null, view: View): string {
  const { paint } = view;
  const { summary, blocked, enforced, mode } = outcome;
  return [
    verdictLine(),
    countTable("type", summary.byType, view),
    countTable("action", summary.byAction, view),
    text === null ? "" : printableLines(text),
  ]
    .filter((part) => part !== "")
    .join("\n\n");

  function verdictLine(): string {
    if (blocked) return paint.bad("Blocked by the policy: nothing of it may leave.");
    if (summary.detectionCount === 0) return paint.good("Nothing found.");
    return enforced ? paint.good("Protected.") : paint.warning(`Found, and left as it is: the mode is ${mode}.`);
  }
}

function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}
