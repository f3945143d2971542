// Runs every check that CI runs beside the tests. All of them run, whatever fails.
//   node scripts/check.ts                 everything
//   node scripts/check.ts layers types    only these
import { spawn } from "node:child_process";
import { join } from "node:path";
import { styleText } from "node:util";

const root = join(import.meta.dirname, "..");

/** Each check by its name, as arguments of Node. */
const checks: Readonly<Record<string, readonly string[]>> = {
  style: ["node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."],
  purity: ["node_modules/typescript/bin/tsc", "-p", "packages/haechi/src/core"],
  types: ["node_modules/typescript/bin/tsc", "-p", "packages/haechi"],
  layers: [
    "--import",
    "./lint/typescript-with-an-api.ts",
    "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs",
    "--config",
    ".dependency-cruiser.cjs",
    "packages",
  ],
  docs: ["scripts/generate-docs.ts", "--check"],
  "dead-code": ["node_modules/knip/bin/knip.js", "--no-progress"],
  package: ["scripts/check-package-contents.ts"],
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in checks));
if (unknown.length > 0) {
  console.error(`no check is called ${unknown.join(", ")}; there are ${Object.keys(checks).join(", ")}`);
  process.exit(1);
}

const failed: string[] = [];
for (const [name, nodeArguments] of Object.entries(checks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const { passed, seconds, output } = await run(nodeArguments);
  const sign = passed ? styleText("green", "✔") : styleText("red", "✘");
  console.log(`${sign} ${name.padEnd(10)} ${seconds.toFixed(1).padStart(5)} s`);
  if (passed) continue;
  failed.push(name);
  console.log(output);
}
if (failed.length > 0) {
  console.error(`failed: ${failed.join(", ")}`);
  process.exitCode = 1;
}

interface Ran {
  readonly passed: boolean;
  readonly seconds: number;
  readonly output: string;
}

function run(nodeArguments: readonly string[]): Promise<Ran> {
  const start = performance.now();
  const child = spawn(process.execPath, nodeArguments, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  const pieces: Buffer[] = [];
  child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
  child.stderr.on("data", (piece: Buffer) => pieces.push(piece));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) =>
      resolve({
        passed: code === 0,
        seconds: (performance.now() - start) / 1000,
        output: Buffer.concat(pieces).toString("utf8"),
      }),
    );
  });
}
