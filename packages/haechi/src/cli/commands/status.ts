import { type ProtectionReport, protectionReport } from "../../runtime/protection-report.ts";
import { type BodyCoverage, type RouteCoverage, routeCoverage } from "../../runtime/route-coverage.ts";
import type { Command } from "../command.ts";
import { readConfigurationAloud } from "../configuration.ts";
import { configOption, isGiven, reportOptions } from "../options.ts";
import { showProgress } from "../progress.ts";
import { reported } from "../result.ts";
import type { View } from "../view.ts";
import { expiryInWords } from "./audit-verify.ts";

export const status: Command = {
  arguments: [],
  options: [
    configOption,
    { name: "coverage", description: "Say of every route of the target how it is looked into." },
    ...reportOptions,
  ],
  members: [
    "ok",
    "protection",
    "target",
    "proxy",
    "tokenVault",
    "privacyProfile",
    "keys",
    "audit",
    "warnings",
    "coverage",
  ],
  exitCodes: [],
  examples: [
    { line: "haechi status", purpose: "What the gateway of this directory protects, and what to look after." },
    { line: "haechi status --coverage", purpose: "The same, and how each route of the target is looked into." },
  ],
  async run(given, io) {
    const { config, warnings } = readConfigurationAloud(given, io);
    const progress = showProgress(config.audit.path, io);
    const report = await protectionReport(config, warnings, progress.advance).finally(progress.end);
    if (!isGiven(given, "coverage")) return reported({ ok: true, ...report }, (view) => inWords(report, view));
    const coverage = routeCoverage(config);
    return reported({ ok: true, ...report, coverage }, (view) =>
      [inWords(report, view), ...coverageInWords(coverage, view)].join("\n"),
    );
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
      ...upstreamLines(target),
      ["listens on", listenLine(proxy)],
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

function upstreamLines({ upstream, adapter, upstreams }: ProtectionReport["target"]): [string, string][] {
  if (upstreams === undefined) return [["upstream", `${upstream} (${adapter})`]];
  return upstreams.map(({ name, baseUrl, priority, weight, hasOwnKey }) => {
    const key = hasOwnKey ? ", a key of the gateway's own" : "";
    return [`upstream ${name}`, `${baseUrl} (${adapter}), priority ${priority}, weight ${weight}${key}`];
  });
}

function listenLine({ host, port, tls, workers }: ProtectionReport["proxy"]): string {
  const several = workers === "auto" ? ", a process for each core" : workers === 1 ? "" : `, ${workers} processes`;
  return `${host}:${port}${tls === null ? "" : ", https"}${several}`;
}

function keyLine({ keyFile, exists, permissions, isWrapped }: ProtectionReport["keys"]): string {
  if (keyFile === null) return "external";
  const wrapping = isWrapped === null ? "" : isWrapped ? ", wrapped" : ", in clear";
  return exists === true ? `${keyFile} (${permissions}${wrapping})` : `${keyFile} (missing)`;
}

function auditLine({ path, chain }: ProtectionReport["audit"]): string {
  if (chain === null) return `${path} (not written yet)`;
  if (!chain.valid) return `${path} (${chain.reason})`;
  const expired = chain.expired === undefined ? "" : `; ${expiryInWords(chain.expired)}`;
  return `${path} (${chain.records} entries, chain holds${expired})`;
}

/** A row for each route; the numbers say at how many places of its bodies and frames something else than text stands. */
function coverageInWords(coverage: readonly RouteCoverage[], view: View): readonly string[] {
  const head = ["route", "path", "text", "JSON", "opaque", "media", "names", "tokens", "stream", "growing texts"];
  return section("Routes", [view.table(head, coverage.map(routeRow)), "", ...COVERAGE_NOTES], view);
}

const COVERAGE_NOTES = [
  "  Whatever stands at no such place is text, in known and in unknown routes; --json names the places.",
];

function routeRow({ id, path, refused, request, response, streams }: RouteCoverage): readonly string[] {
  if (refused !== null) return [id, path, `refused, ${refused}`, "", "", "", "", "", "", ""];
  const bodies = [request, response, ...streams.map(({ frames }) => frames)];
  const count = (...contents: readonly (keyof BodyCoverage)[]) =>
    String(bodies.flatMap((body) => contents.flatMap((content) => body[content])).length);
  return [
    id,
    path,
    "all else",
    count("json"),
    count("opaque", "signed-text"),
    count("media"),
    count("identifier", "handle"),
    count("tokens"),
    streams.map(({ framing, query }) => (query === null ? framing : `${framing} (${query})`)).join(", "),
    String(streams[0]?.channels.length ?? ""),
  ];
}
