// Builds and packs the package in a temporary folder, and checks what npm would publish.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { moduleSpecifiers } from "./build/module-specifiers.ts";
import { buildPackage } from "./build.ts";

const root = join(import.meta.dirname, "..");

const EXPECTED = [
  "package.json",
  "LICENSE",
  "README.md",
  "dist/*.js",
  "dist/chunks/*.js",
  "dist/types/**/*.d.ts",
  "dist/THIRD_PARTY.txt",
  "dist/sbom.cdx.json",
  "dist/detector-tables.bin",
];
const NEEDED = ["LICENSE", "README.md", "dist/THIRD_PARTY.txt", "dist/sbom.cdx.json", "dist/detector-tables.bin"];
const DEPENDENCY_KINDS = ["dependencies", "optionalDependencies", "peerDependencies", "bundleDependencies"];
const INSTALL_SCRIPTS = ["preinstall", "install", "postinstall"];
/** The published types hold by themselves: with Node's types and no library's. */
const TYPES_ALONE =
  "--ignoreConfig --noEmit --strict --module nodenext --target es2024 --lib es2024,esnext.disposable --types node".split(
    " ",
  );

const folder = mkdtempSync(join(tmpdir(), "haechi-package-"));
try {
  await buildPackage(folder);
  const { files, filename } = pack(folder);
  const problems = [
    ...missingFiles(files),
    ...files.filter((file) => !isExpected(file)).map((file) => `${file} does not belong into the package`),
    ...manifestProblems(),
    ...files.filter((file) => file.endsWith(".js")).flatMap((file) => importProblems(file, files)),
    ...files.filter(namesThisMachine).map((file) => `${file} names a folder of the machine that built it`),
    ...complaintsOf("tsc", "node_modules/typescript/bin/tsc", [...TYPES_ALONE, ...publicTypes(files)]),
    ...complaintsOf("publint", "node_modules/publint/src/cli.js", ["run", join(folder, filename), "--strict"]),
    ...complaintsOf("attw", "node_modules/@arethetypeswrong/cli/dist/index.js", [
      join(folder, filename),
      "--profile=esm-only",
      "--format=ascii",
    ]),
  ];
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

interface Packed {
  readonly filename: string;
  readonly files: readonly string[];
}

function pack(packageFolder: string): Packed {
  const output = execFileSync("npm", ["pack", "--json", "--ignore-scripts"], {
    cwd: packageFolder,
    encoding: "utf8",
    stdio: "pipe",
  });
  const [packed] = JSON.parse(output) as [{ filename: string; files: { path: string }[] }];
  return { filename: packed.filename, files: packed.files.map(({ path }) => path) };
}

function missingFiles(files: readonly string[]): string[] {
  return NEEDED.filter((file) => !files.includes(file)).map((file) => `${file} is missing`);
}

function isExpected(file: string): boolean {
  return EXPECTED.some((pattern) => posix.matchesGlob(file, pattern));
}

/** Users install one package, and nothing of ours runs when they do. */
function manifestProblems(): string[] {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, object | undefined>;
  const dependencies = DEPENDENCY_KINDS.filter((kind) => Object.keys(manifest[kind] ?? {}).length > 0);
  const scripts = INSTALL_SCRIPTS.filter((script) => script in (manifest.scripts ?? {}));
  return [
    ...dependencies.map((kind) => `the manifest has ${kind}`),
    ...scripts.map((script) => `the manifest has a script ${script}, which runs where it is installed`),
  ];
}

function importProblems(file: string, files: readonly string[]): string[] {
  return moduleSpecifiers(file, readFileSync(join(folder, file), "utf8"))
    .filter((specifier) => !specifier.startsWith("node:"))
    .filter((specifier) => !specifier.startsWith(".") || !files.includes(posix.join(dirname(file), specifier)))
    .map((specifier) => `${file} loads ${specifier}, which is not in the package`);
}

function namesThisMachine(file: string): boolean {
  const text = readFileSync(join(folder, file), "utf8");
  return text.includes(root) || text.includes(folder);
}

function publicTypes(files: readonly string[]): string[] {
  return files.filter((file) => posix.matchesGlob(file, "dist/types/public/*.d.ts")).map((file) => join(folder, file));
}

function complaintsOf(tool: string, script: string, toolArguments: readonly string[]): string[] {
  try {
    execFileSync(process.execPath, [join(root, script), ...toolArguments], { cwd: root, stdio: "pipe" });
    return [];
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer }; // of a process that failed
    return [`${tool}:\n${stdout ?? ""}${stderr ?? ""}`];
  }
}
