// Begins something that the project has many of.
//   npm run new -- detector <group>/<id> <entity type>
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { detectorFile, type NewDetector, withDetector } from "./new/detector.ts";

const root = join(import.meta.dirname, "..");
const detectors = join(root, "packages/haechi/src/core/detect/detectors");

const [kind, place = "", entityType = ""] = process.argv.slice(2);
const [, group, id] = /^([a-z-]+)\/([a-z][a-z0-9-]*)$/.exec(place) ?? [];
if (kind !== "detector" || group === undefined || id === undefined || !/^[a-z][a-z0-9_]*$/.test(entityType)) {
  fail("usage: npm run new -- detector <group>/<id> <entity type>, such as: detector tax/xx-tax-number tax_id");
}
begin({ group, id, entityType });

function begin(detector: NewDetector): void {
  const groups = readdirSync(detectors);
  if (!groups.includes(detector.group)) fail(`there is no group ${detector.group}; there are ${groups.join(", ")}`);
  const file = join(detectors, detector.group, `${detector.id}.ts`);
  const list = join(detectors, detector.group, `${detector.group}-detectors.ts`);
  if (existsSync(file)) fail(`${relative(root, file)} is there already`);
  writeFileSync(file, detectorFile(detector));
  writeFileSync(list, withDetector(readFileSync(list, "utf8"), detector));
  console.log(`${relative(root, file)} is written and named in ${relative(root, list)}. Next:

  1. Fill it in, and move it in the list: where two find the same, the one named first has it.
  2. node --test --test-name-pattern ${detector.id} packages/haechi/src/core/detect/registry.test.ts
  3. Cases in corpus/detection/${detector.entityType}.jsonl
  4. npm run bench:detection -- --type ${detector.entityType}
  5. npm run docs && npm run check && npm test`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
