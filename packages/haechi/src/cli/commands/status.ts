import { type ProtectionReport, protectionReport } from "../../runtime/protection-report.ts";
import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, reportOptions } from "../options.ts";
import { showProgress } from "../progress.ts";
import { reported } from "../result.ts";
import type { View } from "../view.ts";

export const status: Command = {
  arguments: [],
  options: [configOption, ...reportOptions],
  members: ["ok", "protection", "target", "proxy", "tokenVault", "privacyProfile", "keys", "audit", "warnings"],
  exitCodes: [],
  examples: [
    { line: "haechi status", purpose: "What the gateway of this directory protects, and what to look after." },
  ],
  async run(given, io) {
    const { config, warnings } = readConfigurationAloud(given, io);
    const progress = showProgress(config.audit.path, io);
    const report = await protectionReport(config, warnings, progress.advance).finally(progress.end);
    return reported({ ok: true, ...report }, (view) => inWords(report, view));
  },
};

function inWords(report: ProtectionReport, view: View): string {
  const { paint, facts } = view;
  const { protection, target, proxy, tokenVault, keys, audit, warnings } = report;
  const yes = (text: string) => `  ${paint.good("+")} ${text}`;
  const no = (text: string) => `  ${paint.bad("-")} ${text}`;
  return [
    `${paint.title("Mode")} ${protection.enforced ? paint.good(protection.mode) : paint.warning(protection.mode)}`,
    ...section("Protected", protection.protects.map(yes), view),
    ...section("Not protected", protection.doesNotProtect.map(no), view),
    "",
    facts([
      ["upstream", `${target.upstream} (${target.adapter})`],
      ["listens on", `${proxy.host}:${proxy.port}${proxy.tls === null ? "" : ", https"}`],
      ["who may call", proxy.auth === "none" ? "everybody who can reach it" : proxy.auth],
      ["presets", protection.presets.join(", ")],
      ["privacy profile", report.privacyProfile ?? "none"],
      ["token vault", `${tokenVault.path}, kept ${tokenVault.retentionDays} days, reveal ${tokenVault.revealPolicy}`],
      ["keys", keyLine(keys)],
      ["audit log", auditLine(audit)],
      ["anchors", audit.anchor.path ?? audit.anchor.mode],
    ]),
    ...section(
      "Warnings",
      warnings.map((line) => `  ${paint.warning("!")} ${line}`),
      view,
    ),
  ].join("\n");
}

function section(title: string, lines: readonly string[], { paint }: View): readonly string[] {
  return lines.length === 0 ? [] : ["", paint.title(title), ...lines];
}

function keyLine({ keyFile, exists, permissions }: ProtectionReport["keys"]): string {
  if (keyFile === null) return "external";
  return exists === true ? `${keyFile} (${permissions})` : `${keyFile} (missing)`;
}

function auditLine({ path, chain }: ProtectionReport["audit"]): string {
  if (chain === null) return `${path} (not written yet)`;
  return chain.valid ? `${path} (${chain.records} entries, chain holds)` : `${path} (${chain.reason})`;
}
