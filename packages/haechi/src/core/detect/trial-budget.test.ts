import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { textDocument } from "../document/text-document.ts";
import { tokenize } from "../document/tokenize.ts";
import { compileDetectors } from "./compile.ts";
import { builtInDetectors } from "./registry.ts";
import { type ScanOptions, scanDocument } from "./scan.ts";
import { TrialBudget, unlimitedTrials } from "./trial-budget.ts";

const compiled = compileDetectors(builtInDetectors);
const utf8 = new TextEncoder();
const OPTIONS: ScanOptions = { direction: "request", scanNumbers: true, decodeAndRescan: false };

const HOSTILE = textDocument(utf8.encode("sk-sk-".repeat(500)));

function trialsOf(text: string): number {
  const budget = unlimitedTrials();
  scanDocument(textDocument(utf8.encode(text)), compiled, { ...OPTIONS, budget });
  return budget.used;
}

describe("the budget of trials", () => {
  it("is not touched by ordinary text", () => {
    assert.equal(trialsOf("We met at noon and talked about the plan for next week. ".repeat(100)), 0);
  });

  it("of a hostile text grows with its length", () => {
    for (const times of [500, 1000, 2000]) {
      const trials = trialsOf("sk-sk-".repeat(times));
      assert.ok(trials > times && trials <= 2 * times, String(trials));
    }
  });

  it("counts what is tried in all leaves, disguised ones too", () => {
    const budget = unlimitedTrials();
    const document = tokenize(utf8.encode(String.raw`["\u006aane@example.com", "joe@example.com"]`), { depthMax: 8 });
    scanDocument(document, compiled, { ...OPTIONS, budget });
    assert.ok(budget.used >= 2, String(budget.used));
  });

  it("says so when it is used up, and lets no more be tried", () => {
    const budget = new TrialBudget(100);
    scanDocument(HOSTILE, compiled, { ...OPTIONS, budget });
    assert.equal(budget.isExceeded, true);
    assert.equal(budget.used, 100);
  });

  it("is not exceeded when it is just enough", () => {
    const unlimited = unlimitedTrials();
    scanDocument(HOSTILE, compiled, { ...OPTIONS, budget: unlimited });
    const budget = new TrialBudget(unlimited.used);
    scanDocument(HOSTILE, compiled, { ...OPTIONS, budget });
    assert.equal(budget.isExceeded, false);
  });

  it("of one document is not that of the next", () => {
    scanDocument(HOSTILE, compiled, { ...OPTIONS, budget: new TrialBudget(1) });
    const found = scanDocument(textDocument(utf8.encode("mail jane@example.com")), compiled, OPTIONS);
    assert.equal(found.length, 1);
  });
});
