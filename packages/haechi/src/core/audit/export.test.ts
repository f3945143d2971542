import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createEntryCounter, formatCsv } from "./count-entries.ts";
import { EMPTY_VIEW } from "./empty-view.oracle.ts";
import type { EntryView } from "./entry-view.ts";
import { toCef } from "./export-cef.ts";
import { toOcsf } from "./export-ocsf.ts";

/** What an unverified log may say. */
const HOSTILE: EntryView = {
  ...EMPTY_VIEW,
  id: "a=b\nCEF:0|x",
  timestamp: "2030-01-01T00:00:00.000Z",
  protocol: "p\\q",
  operation: "o|p",
  routeId: '=HYPERLINK(1),"x"',
  decision: "d|e\r\nf",
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

describe("an exported entry", () => {
  const found = { ...HOSTILE, decision: null, detectionCount: 2, byType: new Map([["email", 2]]) };

  it("is a finding of OCSF where something was found, and else an event without a class", () => {
    const { class_uid, category_uid, type_uid, activity_id } = toOcsf(found, 0, "1.0");
    assert.deepEqual([class_uid, category_uid, type_uid, activity_id], [2006, 2, 200601, 1]);
    const base = toOcsf({ ...HOSTILE, decision: "keys_rotated" }, 0, "1.0");
    assert.deepEqual([base.class_uid, base.category_uid, base.type_uid, base.activity_id], [0, 0, 99, 99]);
    assert.deepEqual([base.activity_name, base.finding_info], ["keys_rotated", undefined]);
    assert.equal(toOcsf({ ...HOSTILE, decision: null }, 0, "1.0").activity_name, "inspected");
  });

  it("says what was done with what was found", () => {
    const doneWith = (changes: Partial<EntryView>) => {
      const { action_id, disposition_id } = toOcsf({ ...found, ...changes }, 0, "1.0");
      return [action_id, disposition_id, / act=(\w+) /.exec(toCef({ ...found, ...changes }, 0, "1.0"))?.[1]];
    };
    assert.deepEqual(doneWith({ blocked: true, enforced: true }), [2, 2, "blocked"]);
    assert.deepEqual(doneWith({ enforced: true }), [4, 11, "enforced"]);
    assert.deepEqual(doneWith({}), [3, 15, "recorded"]);
    assert.deepEqual(doneWith({ detectionCount: 0 }), [3, 17, "recorded"]);
  });

  it("is the more severe the more somebody must look at it", () => {
    const severities = (changes: Partial<EntryView>) => {
      const entry = { ...HOSTILE, decision: null, ...changes };
      return [toOcsf(entry, 0, "1.0").severity_id, Number(toCef(entry, 0, "1.0").split(/(?<!\\)\|/)[6])];
    };
    assert.deepEqual(severities({}), [1, 1]);
    assert.deepEqual(severities({ detectionCount: 1 }), [2, 4]);
    assert.deepEqual(severities({ blocked: true, detectionCount: 1 }), [3, 6]);
    assert.deepEqual(severities({ blocked: true, decision: "internal_error" }), [4, 8]);
    assert.deepEqual(severities({ decision: "log_recovered" }), [4, 8]);
  });

  it("names the keys that a reload changed, or the key that is no longer used", () => {
    const changedKeys = ["mode", "policy.preset"];
    const reload = { ...HOSTILE, changedKeys };
    assert.match(toCef(reload, 0, "1.0"), / flexString1Label=changed keys flexString1=mode,policy\.preset /);
    assert.deepEqual((toOcsf(reload, 0, "1.0").unmapped as { changed_keys: unknown }).changed_keys, changedKeys);
    assert.match(toCef({ ...HOSTILE, kid: "k1" }, 0, "1.0"), / flexString1Label=key flexString1=k1 /);
  });
});
