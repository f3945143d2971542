import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { detect } from "../../packages/haechi/src/core/detect/detect.ts";
import type { Detector } from "../../packages/haechi/src/core/detect/detector.ts";
import { compileDetectors } from "../../packages/haechi/src/core/detect/rules/compile.ts";
import { detectorFile, withDetector } from "./detector.ts";

const begun = { group: "tax", id: "xx-tax-number", entityType: "tax_id" } as const;
const detectors = join(import.meta.dirname, "../../packages/haechi/src/core/detect/detectors");

describe("a detector that is begun", () => {
  it("compiles, and its samples hold", async (test) => {
    const folder = await mkdtemp(join(detectors, ".begun-"));
    test.after(() => rm(folder, { recursive: true }));
    const file = join(folder, "xx-tax-number.ts");
    await writeFile(file, detectorFile(begun));
    const { xxTaxNumber } = (await import(pathToFileURL(file).href)) as { xxTaxNumber: Detector };
    const compiled = compileDetectors([xxTaxNumber]);
    for (const { text, match = text } of xxTaxNumber.samples.finds) {
      assert.deepEqual(
        detect(text, { detectors: compiled }).map(({ value }) => value),
        [match],
      );
    }
    for (const { text } of xxTaxNumber.samples.ignores) assert.deepEqual(detect(text, { detectors: compiled }), []);
  });

  it("is named in the list of its group, whatever the list holds", async () => {
    const lists = ["tax/tax-detectors.ts", "credential/credential-detectors.ts", "injection/injection-detectors.ts"];
    for (const list of lists) {
      const text = withDetector(await readFile(join(detectors, list), "utf8"), begun);
      assert.match(text, /^import \{ xxTaxNumber \} from "\.\/xx-tax-number\.ts";$/m);
      assert.match(text, /xxTaxNumber,?\s*\];/);
    }
    const empty =
      'import type { Detector } from "../../detector.ts";\n\nexport const list: readonly Detector[] = [];\n';
    assert.match(withDetector(empty, begun), /= \[xxTaxNumber\];/);
  });
});
