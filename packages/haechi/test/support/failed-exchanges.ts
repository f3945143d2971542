import assert from "node:assert/strict";
import type { HaechiUnderTest } from "./start-haechi.ts";

/** Of all exchanges but one the upstream broke off: each has one record of that, and metrics say the same. */
export async function assertCutsRecorded(haechi: HaechiUnderTest, cutCount: number): Promise<void> {
  const byExchange = new Map<string | null, string[]>();
  for (const entry of await haechi.auditEntries()) {
    const is = "decision" in entry ? `${entry.decision} ${entry.reason}` : entry.operation.split(":")[0]!;
    byExchange.set(entry.correlationId, [...(byExchange.get(entry.correlationId) ?? []), is]);
  }
  assert.equal(byExchange.size, cutCount + 1);
  const failed = [...byExchange.values()].filter((entries) => entries.some((is) => is.includes("failed")));
  assert.equal(failed.length, cutCount);
  for (const entries of failed) {
    assert.equal(entries.filter((is) => is === "request").length, 1);
    assert.equal(entries.filter((is) => is.includes("failed")).length, 1, entries.join(", "));
    assert.ok(
      entries.every((is) => is === "request" || /^(?:upstream|stream)_failed connection_broken$/.test(is)),
      entries.join(", "),
    );
  }
  const metrics = await haechi.metrics();
  const counted = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, "m").exec(metrics)?.[1]);
  const broken = counted("haechi_upstream_error_total") + counted("haechi_response_stream_truncated_total");
  assert.equal(broken, cutCount);
  assert.deepEqual(
    haechi.logged.filter((line) => line.includes("internal_error")),
    [],
  );
}
