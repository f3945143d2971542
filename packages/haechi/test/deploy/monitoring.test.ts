import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { MODES } from "../../src/core/decide/mode.ts";
import { createPrometheusMetrics } from "../../src/providers/observability/prometheus-metrics.ts";
import { readText, readYaml, root } from "../support/deploy-files.ts";
import { readMarkdown } from "../support/markdown.ts";
import { readPromql } from "../support/promql.ts";
import { tempFolder } from "../support/temp-folder.ts";

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}

const ALERTS = "deploy/prometheus/alerts.yaml";
const rules: readonly Rule[] = readYaml(ALERTS).groups.flatMap(({ rules: some }: { rules: readonly Rule[] }) => some);
const dashboard = JSON.parse(readText("deploy/grafana/dashboard.json"));
const panels: readonly Panel[] = dashboard.panels;
const charts = panels.flatMap(({ targets }) => targets ?? []);
/** As Grafana sends them: its variables have values. */
const expressions = charts.map(({ expr }) => expr.replaceAll("$__rate_interval", "1m"));
const exported = await exportedMetrics([...expressions, ...rules.map(({ expr }) => expr)]);

describe("alert rules and dashboard", () => {
  it("read only metrics that the gateway exports, by labels that they have", () => {
    for (const expression of [...expressions, ...rules.map(({ expr }) => expr)]) {
      const { metrics, labels } = readPromql(expression);
      for (const metric of metrics) assert.ok(exported.has(metric), `${metric} in ${expression}`);
      const known = new Set([...OF_THE_SCRAPE, ...metrics.flatMap((metric) => [...exported.get(metric)!])]);
      for (const label of labels) assert.ok(known.has(label), `${label} in ${expression}`);
    }
  });

  it("compare the mode with modes that there are", () => {
    const compared = [...expressions, ...rules.map(({ expr }) => expr)].flatMap((one) => readPromql(one).values);
    const modes = compared.filter(({ label }) => label === "mode").map(({ value }) => value);
    assert.ok(modes.length > 0);
    for (const mode of modes) assert.ok((MODES as readonly string[]).includes(mode), mode);
  });
});

describe("the dashboard", () => {
  it("shows every metric of the gateway", () => {
    const shown = new Set(expressions.flatMap((one) => readPromql(one).metrics.map(familyOf)));
    assert.deepEqual(
      [...new Set([...exported.keys()].map(familyOf))].filter((name) => !shown.has(name)),
      ["up"],
    );
  });

  it("asks the data source that its reader chose, with variables that it has", () => {
    const variables = new Set(dashboard.templating.list.map(({ name }: { name: string }) => name));
    const used = new Set(readText("deploy/grafana/dashboard.json").match(/(?<=\$\{?)[a-z]\w*/g));
    assert.deepEqual([...used].toSorted(), [...variables].toSorted());
    const sources = new Set(readText("deploy/grafana/dashboard.json").match(/(?<="uid": "\$)[^"]+/g));
    assert.deepEqual([...sources], ["{datasource}"]);
  });

  it("names by their labels only what a query keeps of them", () => {
    for (const { expr, legendFormat } of charts) {
      const kept = new Set([...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, names]) => names!.split(/,\s*/)));
      for (const [, label] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) assert.ok(kept.has(label!), legendFormat);
    }
  });

  it("has panels that do not lie on each other", () => {
    assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
    const cells = new Set<string>();
    for (const { gridPos, id } of panels) {
      assert.ok(gridPos.x + gridPos.w <= 24, String(id));
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
          assert.ok(!cells.has(`${x} ${y}`), `panel ${id} lies on another`);
          cells.add(`${x} ${y}`);
        }
      }
    }
  });
});

describe("alert rules", () => {
  it("say how bad it is, what it is, and where the runbook says what to do", () => {
    assert.equal(new Set(rules.map(({ alert }) => alert)).size, rules.length);
    for (const { alert, labels, annotations } of rules) {
      assert.match(labels.severity, /^(?:critical|warning|info)$/, alert);
      assert.match(annotations.summary, /\.$/, alert);
      const [page, anchor] = annotations.runbook.split("#");
      assert.ok(readMarkdown(readText(page!)).anchors.has(anchor!), annotations.runbook);
    }
  });

  it("stand in a table here that makes each of them fire", () => {
    assert.deepEqual(Object.keys(FIRES).toSorted(), rules.map(({ alert }) => alert).toSorted());
  });

  it("fire when they should and are silent when all is well", { skip: missing("promtool") }, async (test) => {
    const folder = await tempFolder(test);
    await copyFile(join(root, ALERTS), join(folder, "alerts.yaml"));
    const firing = (alert: string) => `count(ALERTS{alertname="${alert}",alertstate="firing"})`;
    const cases = Object.entries(FIRES).map(([alert, series]) => ({
      interval: "1m",
      input_series: Object.entries({ ...WELL, ...series }).map(([name, values]) => ({ series: name, values })),
      promql_expr_test: [{ expr: firing(alert), eval_time: "58m", exp_samples: [{ labels: "{}", value: 1 }] }],
    }));
    const well = {
      interval: "1m",
      input_series: Object.entries(WELL).map(([series, values]) => ({ series, values })),
      promql_expr_test: [{ expr: 'count(ALERTS{alertname=~".+"})', eval_time: "58m", exp_samples: [] }],
    };
    const document = { rule_files: ["alerts.yaml"], evaluation_interval: "1m", tests: [well, ...cases] };
    await writeFile(join(folder, "test.yaml"), JSON.stringify(document));
    const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", "test.yaml"], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.equal(status, 0, `${stdout}${stderr}`);
  });
});

const JOB = 'job="haechi",instance="a"';
const REQUESTS = `haechi_requests_total{${JOB},mode="enforce",decision="stream_inspected",route="chat"}`;

/** An hour in which all is well: a value a minute. */
const WELL: Readonly<Record<string, string>> = {
  [`up{${JOB}}`]: "1x60",
  [REQUESTS]: "0+600x60",
  [`haechi_internal_error_total{${JOB}}`]: "0x60",
  [`haechi_config_current{${JOB}}`]: "1x60",
  [`haechi_response_unprotected_total{${JOB}}`]: "0x60",
  [`haechi_upstream_available{${JOB},upstream="one"}`]: "1x60",
  [`haechi_upstream_failovers_total{${JOB},upstream="one"}`]: "0x60",
  [`haechi_upstream_error_total{${JOB}}`]: "0+6x60",
  [`haechi_upstream_timeout_total{${JOB}}`]: "0+6x60",
  [`haechi_response_stream_truncated_total{${JOB}}`]: "0+6x60",
  [`haechi_overloaded_total{${JOB}}`]: "0x60",
  [`haechi_worker_deaths_total{${JOB}}`]: "0x60",
  [`haechi_auth_denied_total{${JOB}}`]: "0+6x60",
  [`haechi_rate_limited_total{${JOB}}`]: "0+6x60",
  [`haechi_request_duration_seconds_bucket{${JOB},route="chat",le="5"}`]: "0+600x60",
  [`haechi_request_duration_seconds_bucket{${JOB},route="chat",le="10"}`]: "0+600x60",
  [`haechi_request_duration_seconds_bucket{${JOB},route="chat",le="+Inf"}`]: "0+600x60",
};

/** What is not well when an alert fires. */
const FIRES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  HaechiDown: { [`up{${JOB}}`]: "0x60" },
  HaechiInternalErrors: { [`haechi_internal_error_total{${JOB}}`]: "0+1x60" },
  HaechiDoesNotEnforce: {
    [`haechi_requests_total{${JOB},mode="report-only",decision="forwarded",route="chat"}`]: "0+1x60",
  },
  HaechiConfigurationRefused: { [`haechi_config_current{${JOB}}`]: "0x60" },
  HaechiAnswersUninspected: { [`haechi_response_unprotected_total{${JOB}}`]: "0+1x60" },
  HaechiUpstreamUnavailable: { [`haechi_upstream_available{${JOB},upstream="two"}`]: "0x60" },
  HaechiNoUpstream: { [`haechi_upstream_available{${JOB},upstream="one"}`]: "0x60" },
  HaechiUpstreamErrors: { [`haechi_upstream_error_total{${JOB}}`]: "0+60x60" },
  HaechiFailingOver: { [`haechi_upstream_failovers_total{${JOB},upstream="one"}`]: "0+1x60" },
  HaechiStreamsBreakOff: { [`haechi_response_stream_truncated_total{${JOB}}`]: "0+60x60" },
  HaechiWorkerLost: { [`haechi_worker_deaths_total{${JOB}}`]: "0x30 1x30" },
  HaechiOverloaded: { [`haechi_overloaded_total{${JOB}}`]: "0+1x60" },
  HaechiSlow: { [`haechi_request_duration_seconds_bucket{${JOB},route="chat",le="5"}`]: "0+300x60" },
  HaechiManyDenied: { [`haechi_auth_denied_total{${JOB}}`]: "0+120x60" },
  HaechiManyRateLimited: { [`haechi_rate_limited_total{${JOB}}`]: "0+120x60" },
};

const OF_THE_SCRAPE = ["job", "instance", "le"];

/** Each metric as it is scraped, with those of the labels of some expressions that it has. */
async function exportedMetrics(read: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const metrics = createPrometheusMetrics();
  const labels = Object.fromEntries(read.flatMap((one) => readPromql(one).labels).map((label) => [label, "x"]));
  const types = [...(await metrics.render()).matchAll(/^# TYPE (\w+) (\w+)$/gm)];
  for (const [, name, type] of types) {
    // The names are those that the registry has just told.
    if (type === "counter") metrics.increment(name as Parameters<typeof metrics.increment>[0], labels);
    if (type === "gauge") metrics.set?.(name as "haechi_upstream_available", 1, labels);
    if (type === "histogram") metrics.observe(name as "haechi_request_duration_seconds", 1, labels);
  }
  const exportedNames = new Map<string, Set<string>>([["up", new Set()]]);
  for (const [, name, given] of (await metrics.render()).matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const known = exportedNames.get(name!) ?? new Set();
    for (const [, label] of (given ?? "").matchAll(/(\w+)="/g)) known.add(label!);
    exportedNames.set(name!, known);
  }
  return exportedNames;
}

function familyOf(metric: string): string {
  return metric.replace(/_(?:bucket|sum|count)$/, "");
}

function missing(program: string): string | false {
  return spawnSync(program, ["--version"]).error === undefined ? false : `${program} is not on this machine`;
}
