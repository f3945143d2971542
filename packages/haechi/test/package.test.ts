import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { hash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { glob, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { after, describe, it } from "node:test";
import { TABLE_FILE_NAME } from "../../../scripts/build/tables-of-detectors.ts";
import { buildPackage } from "../../../scripts/build.ts";
import manifest from "../package.json" with { type: "json" };
import { builtInDetectors } from "../src/core/detect/registry.ts";
import { prepareTables } from "../src/core/detect/rules/compile.ts";
import { writeTables } from "../src/core/detect/rules/prepared-tables.ts";
import { chatCompletion, recordingUpstream } from "./support/recording-upstream.ts";

// What is built into a folder of its own is run once: its code need not be kept for later runs.
delete process.env.NODE_COMPILE_CACHE;

const root = join(import.meta.dirname, "../../..");
const folder = await mkdtemp(join(tmpdir(), "haechi-package-"));
after(() => rm(folder, { recursive: true, force: true }));
const installed = await packAndInstall();

describe("the published package", () => {
  it("installs without a network, and nothing but itself", () => {
    const { dependencies } = JSON.parse(npm(installed, "ls", "--all", "--json")) as { dependencies: object };
    assert.deepEqual(Object.keys(dependencies), ["haechi"]);
    assert.deepEqual(JSON.parse(npm(installed, "query", "*")).length, 2, "the project and haechi");
  });

  it("gives every subpath of its manifest to a program that imports it", () => {
    const names = Object.keys(manifest.exports).filter((subpath) => subpath !== "./package.json");
    const specifiers = names.map((subpath) => subpath.replace(/^\./, "haechi"));
    const program = specifiers.map((specifier) => `await import(${JSON.stringify(specifier)});`).join("\n");
    execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: installed, stdio: "pipe" });
  });

  it("holds the tables of its detectors, and names their digest", async () => {
    const bytes = await readFile(tablesPath());
    assert.deepEqual(bytes, Buffer.from(writeTables(prepareTables(builtInDetectors))));
    const chunks = await Array.fromAsync(glob(join(dist(), "chunks/*.js")), (path) => readFile(path, "utf8"));
    assert.equal(chunks.filter((chunk) => chunk.includes(hash("sha256", bytes, "hex"))).length, 1);
  });

  it("has the library for traces in a file of its own, which only they load", async () => {
    const chunks = await Array.fromAsync(glob(join(dist(), "**/*.js")), async (path) => ({
      path,
      code: await readFile(path, "utf8"),
    }));
    const tracing = chunks.filter(({ code }) => code.includes("OTLPTraceExporter"));
    assert.equal(tracing.length, 1);
    const name = basename(tracing[0]!.path);
    const loading = chunks.filter(({ code }) => code.includes(name));
    assert.ok(loading.length > 0);
    for (const { code } of loading) assert.doesNotMatch(code, new RegExp(`(?:from|^import) "[./\\w]*${name}"`, "m"));
  });

  it("finds the same without the file of the tables, or with a part of it", async () => {
    const place = join(folder, "no-tables");
    await mkdir(place);
    haechi(process.execPath, place, "init");
    await writeFile(
      join(place, "prompt.json"),
      JSON.stringify({ prompt: "ssn 078-05-1120, kim@example.com", pesel: "44051401359" }),
    );
    const find = () => JSON.parse(haechi(process.execPath, place, "protect", "prompt.json")).summary.byType;
    const withTables = find();
    assert.equal(Object.keys(withTables).length, 3);
    const bytes = await readFile(tablesPath());
    await rename(tablesPath(), `${tablesPath()}.kept`);
    assert.deepEqual(find(), withTables);
    await writeFile(tablesPath(), bytes.subarray(0, bytes.length >> 1));
    assert.deepEqual(find(), withTables);
    await rename(`${tablesPath()}.kept`, tablesPath());
  });
});

for (const [release, node] of Object.entries(nodes())) {
  describe(`the installed command on Node ${release}`, () => {
    it("says its version", () => {
      assert.equal(haechi(node, installed, "--version").trim(), manifest.version);
    });

    it("sets up a folder, protects a file there and reports the state", async () => {
      const place = join(folder, `place-${release}`);
      await mkdir(place);
      await writeFile(join(place, "prompt.json"), JSON.stringify({ prompt: "write to kim@example.com" }));
      assert.equal(JSON.parse(haechi(node, place, "init")).created, true);
      assert.deepEqual(JSON.parse(haechi(node, place, "protect", "prompt.json")).summary.byType, { email: 1 });
      const { audit } = JSON.parse(haechi(node, place, "status"));
      assert.deepEqual([audit.chain.valid, audit.chain.records], [true, 1]);
    });

    it("serves as a gateway until it is told to stop", async (test) => {
      const upstream = await recordingUpstream(test, (response) => response.end(chatCompletion("Noted.")));
      const place = join(folder, `gateway-${release}`);
      await mkdir(place);
      haechi(node, place, "init");
      const gateway = spawn(node, [commandPath(), "proxy", "--port", "0"], {
        cwd: place,
        env: { ...process.env, HAECHI_MODE: "enforce", HAECHI_UPSTREAM: upstream.url },
      });
      test.after(() => gateway.kill("SIGKILL"));
      gateway.stderr.resume();
      const exited = once(gateway, "exit");
      const [line] = (await once(createInterface(gateway.stdout), "line")) as [string];
      // The second is large enough for a thread of its own.
      for (const length of [0, 300_000]) {
        const content = `${"a ".repeat(length)}write to kim@example.com`;
        const answer = await fetch(`${/http:\/\/\S+/.exec(line)?.[0]}/v1/chat/completions`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ model: "m", messages: [{ role: "user", content }] }),
        });
        assert.equal(await answer.text(), chatCompletion("Noted."));
        assert.doesNotMatch(upstream.requests.at(-1)?.everything ?? "", /kim@example/);
      }
      assert.equal(upstream.requests.length, 2);
      gateway.kill("SIGTERM");
      assert.deepEqual(await exited, [0, null]);
    });

    it("serves in several processes", async (test) => {
      const upstream = await recordingUpstream(test, (response) => response.end(chatCompletion("Noted.")));
      const place = join(folder, `workers-${release}`);
      await mkdir(place);
      const config = { mode: "enforce", target: { upstream: upstream.url }, proxy: { workers: 2, port: 0 } };
      await writeFile(join(place, "haechi.config.json"), JSON.stringify(config));
      const gateway = spawn(node, [commandPath(), "proxy"], { cwd: place });
      test.after(() => gateway.kill("SIGKILL"));
      gateway.stderr.resume();
      const exited = once(gateway, "exit");
      const [line] = (await once(createInterface(gateway.stdout), "line")) as [string];
      const answer = await fetch(`${/http:\/\/\S+/.exec(line)?.[0]}/v1/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ model: "m", messages: [{ role: "user", content: "write to kim@example.com" }] }),
      });
      assert.equal(await answer.text(), chatCompletion("Noted."));
      assert.doesNotMatch(upstream.requests[0]!.everything, /kim@example/);
      gateway.kill("SIGTERM");
      assert.deepEqual(await exited, [0, null]);
    });
  });
}

/** Each release of Node that the package promises and that is here. */
function nodes(): Record<string, string> {
  const node24 = join(root, "node_modules/zz-node24/bin/node");
  const here = { [process.versions.node]: process.execPath };
  return existsSync(node24) ? { ...here, 24: node24 } : here;
}

async function packAndInstall(): Promise<string> {
  const built = join(folder, "built");
  await mkdir(built);
  await buildPackage(built);
  const [packed] = JSON.parse(npm(built, "pack", "--json", "--ignore-scripts")) as [{ filename: string }];
  const project = join(folder, "project");
  await mkdir(project);
  await writeFile(join(project, "package.json"), JSON.stringify({ name: "project", private: true }));
  npm(project, "install", "--offline", "--no-audit", "--no-fund", join(built, packed.filename));
  return project;
}

function npm(cwd: string, ...npmArguments: string[]): string {
  return execFileSync("npm", npmArguments, { cwd, encoding: "utf8", stdio: "pipe" });
}

function haechi(node: string, cwd: string, ...commandArguments: string[]): string {
  return execFileSync(node, [commandPath(), ...commandArguments], { cwd, encoding: "utf8", stdio: "pipe" });
}

function dist(): string {
  return join(installed, "node_modules/haechi/dist");
}

function tablesPath(): string {
  return join(dist(), TABLE_FILE_NAME);
}

function commandPath(): string {
  return join(installed, "node_modules/.bin/haechi");
}
