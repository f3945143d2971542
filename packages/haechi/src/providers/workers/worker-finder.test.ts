import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { Finding } from "../../core/detect/finding.ts";
import { textDocument } from "../../core/document/text-document.ts";
import type { DocumentFinder } from "../../ports/document-finder.ts";
import { buffersOf, fromColumns, toColumns } from "./finding-columns.ts";
import { createWorkerFinder } from "./worker-finder.ts";

const columnsModule = JSON.stringify(new URL("./finding-columns.ts", import.meta.url));
const OPTIONS = { direction: "request", scanNumbers: true } as const;
const document = (text: string) => textDocument(new TextEncoder().encode(text));

/** A program that answers a text with its length; of certain texts it dies, or never comes back. */
const PROGRAM = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from "node:worker_threads";
    const { buffersOf, toColumns } = await import(${columnsModule});
    parentPort.on("message", ({ document }) => {
      const text = new TextDecoder().decode(document.bytes);
      if (text === "dies") throw new Error("it quotes " + text);
      if (text === "exits") process.exit();
      while (text === "never comes back");
      const columns = toColumns([{ leaf: 0, entityType: "t", ruleId: "r", confidence: 1, start: 0, end: text.length }]);
      parentPort.postMessage(columns, buffersOf(columns));
    });
  `)}`,
);

function finderFor(test: TestContext, workersMax = 1, program = PROGRAM): DocumentFinder {
  const finder = createWorkerFinder({ program, workerData: null, workersMax });
  test.after(() => finder.close());
  return finder;
}

async function lengthFound(finder: DocumentFinder, text: string): Promise<number> {
  return (await finder.find(document(text), OPTIONS))[0]!.end;
}

const unanswered = (reason: string) => (error: unknown) => {
  const { code, message, cause } = error as Error & { code: string };
  assert.deepEqual(
    { code, reason: (error as { reason: string }).reason, cause },
    {
      code: "DETECTOR_UNAVAILABLE",
      reason,
      cause: undefined,
    },
  );
  assert.doesNotMatch(message, /dies|exits/);
  return true;
};

describe("a finder on worker threads", () => {
  it("answers everybody with what belongs to them, however many threads there are", async (test) => {
    for (const workersMax of [1, 2, 3]) {
      const finder = finderFor(test, workersMax);
      const lengths = [3, 1, 4, 1, 5, 9, 2, 6];
      const found = await Promise.all(lengths.map((length) => lengthFound(finder, "x".repeat(length))));
      assert.deepEqual(found, lengths);
    }
  });

  for (const text of ["dies", "exits"]) {
    it(`refuses the document of which a thread ${text}, and goes on with the next`, async (test) => {
      const finder = finderFor(test);
      const refused = assert.rejects(finder.find(document(text), OPTIONS), unanswered("scan_worker_failed"));
      const next = lengthFound(finder, "next");
      await refused;
      assert.equal(await next, 4);
    });
  }

  it("refuses every document when its program is not there", async (test) => {
    const finder = finderFor(test, 1, new URL("./not-there.ts", import.meta.url));
    for (let attempt = 0; attempt < 2; attempt++) {
      await assert.rejects(finder.find(document("a"), OPTIONS), unanswered("scan_worker_failed"));
    }
  });

  it("ends a thread that does not come back", async (test) => {
    const finder = finderFor(test);
    await lengthFound(finder, "started");
    test.mock.timers.enable({ apis: ["setTimeout"] });
    const lost = finder.find(document("never comes back"), OPTIONS);
    const next = lengthFound(finder, "next");
    test.mock.timers.tick(60_000);
    await assert.rejects(lost, unanswered("scan_worker_timeout"));
    assert.equal(await next, 4);
  });

  it("does not begin with a document that nobody waits for any more", async (test) => {
    const finder = finderFor(test);
    const client = new AbortController();
    const first = lengthFound(finder, "first");
    const left = finder.find(document("never comes back"), { ...OPTIONS, signal: client.signal });
    const third = lengthFound(finder, "third");
    client.abort(new Error("left"));
    await assert.rejects(left, /left/);
    assert.deepEqual([await first, await third], [5, 5]);
    await assert.rejects(finder.find(document("a"), { ...OPTIONS, signal: client.signal }), /left/);
  });

  it("refuses what is asked of it when it closes, and afterwards", async (test) => {
    const finder = finderFor(test);
    const asked = ["never comes back", "waiting"].map((text) => finder.find(document(text), OPTIONS));
    const refused = asked.map((answer) => assert.rejects(answer, unanswered("scan_worker_closed")));
    await finder.close();
    await Promise.all(refused);
    await assert.rejects(finder.find(document("a"), OPTIONS), unanswered("scan_worker_closed"));
  });

  it("keeps a process alive until it has answered, and no longer", () => {
    const program = `
      const { createWorkerFinder } = await import(${JSON.stringify(join(import.meta.dirname, "worker-finder.ts"))});
      const finder = createWorkerFinder({ program: new URL(${JSON.stringify(PROGRAM.href)}), workerData: null, workersMax: 1 });
      const document = { bytes: new TextEncoder().encode("four"), format: "text" };
      console.log((await finder.find(document, { direction: "request", scanNumbers: true }))[0].end);
    `;
    const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
    assert.equal(output, "4\n");
  });
});

describe("findings as columns", () => {
  it("are the same findings again", () => {
    const findings: Finding[] = [
      { leaf: 3, entityType: "email", ruleId: "email", confidence: 0.85, start: 7, end: 2_147_483_647 },
      { leaf: 0, entityType: "card", ruleId: "email", confidence: 0.1 + 0.2, start: 0, end: 0 },
      { leaf: 3, entityType: "email", ruleId: "email", confidence: 1, start: 8, end: 9 },
    ];
    const columns = toColumns(findings);
    assert.deepEqual(fromColumns(structuredClone(columns, { transfer: buffersOf(columns) })), findings);
    assert.deepEqual(fromColumns(toColumns([])), []);
  });
});
