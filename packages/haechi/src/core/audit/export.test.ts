import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createEntryCounter, formatCsv } from "./count-entries.ts";
import type { EntryView } from "./entry-view.ts";
import { toCef } from "./export-cef.ts";

/** What an unverified log may say. */
const HOSTILE: EntryView = {
  segment: 1,
  sequence: 1,
  id: "a=b\nCEF:0|x",
  timestamp: "2030-01-01T00:00:00.000Z",
  correlationId: null,
  protocol: "p\\q",
  operation: "o|p",
  routeId: '=HYPERLINK(1),"x"',
  profile: null,
  identityId: null,
  mode: "n/a",
  enforced: false,
  blocked: false,
  decision: "d|e\r\nf",
  reason: null,
  kid: null,
  newKid: null,
  changedKeys: [],
  detectionCount: 0,
  byType: new Map(),
  byAction: new Map(),
};

describe("exports of a log that somebody wrote into", () => {
  it("stay one CEF line with its own fields", () => {
    const line = toCef(HOSTILE, 0, "1.0");
    assert.ok(!/[\r\n]/.test(line));
    // Behind the seventh bar, bars have no meaning.
    const header = line.split(/(?<!\\)\|/, 7);
    assert.deepEqual(header.slice(0, 5), ["CEF:0", "Haechi", "Haechi", "1.0", "d\\|e f"]);
    assert.ok(line.includes("externalId=a\\=b\\nCEF:0|x act=recorded app=p\\\\q "), line);
  });

  it("put no formula into a spreadsheet", () => {
    const counter = createEntryCounter("route");
    counter.add(HOSTILE);
    assert.equal(formatCsv("route", counter.rows()).split("\r\n")[1], `"'=HYPERLINK(1),""x""",1,0,0`);
  });
});
