import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { glob } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join, relative } from "node:path";
import { describe, it } from "node:test";
import { findCommand } from "../src/cli/registry.ts";
import { defaultConfig, parseConfig } from "../src/config/parse.ts";
import { effectivePolicy } from "../src/runtime/effective-policy.ts";
import { type MarkdownPage, readMarkdown } from "./support/markdown.ts";

const root = join(import.meta.dirname, "../../..");
const pages = await readPages();

describe("documents", () => {
  it("link only to files and headings that are there", () => {
    const broken: string[] = [];
    for (const [path, { links }] of pages) {
      for (const link of links) {
        if (!isRelative(link)) continue;
        const fault = findLinkFault(path, link);
        if (fault !== null) broken.push(`${path}: ${link}: ${fault}`);
      }
    }
    assert.deepEqual(broken, []);
  });

  it("hold JSON that is JSON, and configurations that the gateway takes", () => {
    for (const { path, code } of blocksIn(["json"])) {
      // A block that begins with a member shows a part of a document.
      if (!code.trimStart().startsWith("{")) continue;
      assert.doesNotThrow(() => JSON.parse(code), `${path}: ${code}`);
      const value: unknown = JSON.parse(code);
      if (isConfiguration(value)) assert.doesNotThrow(() => effectivePolicy(parseConfig(value)), path);
    }
  });

  it("hold code that parses", () => {
    for (const { path, code } of blocksIn(["ts", "typescript", "js", "javascript", "mjs"])) {
      assert.doesNotThrow(() => stripTypeScriptTypes(code), path);
    }
  });

  it("quote a source that they name as it stands", () => {
    for (const [path, { blocks }] of pages) {
      for (const { title, code } of blocks) {
        if (!title.includes("/")) continue;
        assert.ok(readFileSync(join(root, title), "utf8").includes(code), `${path} does not quote ${title} exactly`);
      }
    }
  });

  it("name only npm scripts that the workspace has", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const missing = new Set<string>();
    for (const { path, line } of commandLines()) {
      for (const [, run, short] of line.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)) {
        const script = run ?? short!;
        if (!Object.hasOwn(scripts, script)) missing.add(`${path}: ${script}`);
      }
    }
    assert.deepEqual([...missing], []);
  });

  it("name only commands and options that the program has", async () => {
    const missing = new Set<string>();
    for (const { path, line } of commandLines()) {
      const words = /^(?:[A-Z_]+=\S+ )*haechi ([^;&|]+)/.exec(line)?.[1]?.trim().split(/\s+/);
      if (words === undefined || words[0] === "help" || /^[<-]/.test(words[0]!)) continue;
      const entry = findCommand(words);
      const options = entry === null ? [] : (await entry.load()).options;
      const known = new Set(["--help", ...options.map(({ name }) => `--${name}`)]);
      const hasUnknown = words.some((word) => word.startsWith("--") && word.length > 2 && !known.has(word));
      if (entry === null || hasUnknown) missing.add(`${path}: haechi ${words.join(" ")}`);
    }
    assert.deepEqual([...missing], []);
  });

  it("name no place on somebody's machine", () => {
    for (const path of pages.keys()) {
      const found = readFileSync(join(root, path), "utf8").match(MACHINE_PATH);
      assert.equal(found?.[0], undefined, path);
    }
  });
});

/** Folders in which somebody works, as opposed to those where software is installed. */
const MACHINE_PATH = /(?<![\w./-])(?:\/(?:home|Users|root|tmp|work|private|mnt)\/\S*|[A-Za-z]:\\\S+|file:\/\/\S*)/;

/** Every document by its path from the root. */
async function readPages(): Promise<ReadonlyMap<string, MarkdownPage>> {
  const read = new Map<string, MarkdownPage>();
  const exclude = (name: string) => /(?:^|[/\\])(?:node_modules|dist|\.git|\.haechi)$/.test(name);
  for await (const path of glob("**/*.md", { cwd: root, exclude })) {
    read.set(path.replaceAll("\\", "/"), readMarkdown(readFileSync(join(root, path), "utf8")));
  }
  return read;
}

function isRelative(link: string): boolean {
  return !/^[a-z][a-z\d+.-]*:/i.test(link);
}

function findLinkFault(from: string, link: string): string | null {
  const [target = "", anchor] = link.split("#");
  const file = target === "" ? join(root, from) : join(root, dirname(from), decodeURIComponent(target));
  if (relative(root, file).startsWith("..")) return "outside the repository";
  if (!existsSync(file)) return "no such file";
  if (anchor === undefined) return null;
  if (!statSync(file).isFile() || !file.endsWith(".md")) return "no headings there";
  return readMarkdown(readFileSync(file, "utf8")).anchors.has(anchor) ? null : "no such heading";
}

function blocksIn(languages: readonly string[]): { readonly path: string; readonly code: string }[] {
  return [...pages].flatMap(([path, { blocks }]) =>
    blocks.filter(({ language }) => languages.includes(language)).map(({ code }) => ({ path, code })),
  );
}

/** Lines that a reader may type: those of shell blocks, and code spans. */
function commandLines(): { readonly path: string; readonly line: string }[] {
  return [...pages].flatMap(([path, { blocks, codeSpans }]) => {
    const shell = blocks.filter(({ language }) => ["sh", "bash", "shell", "console"].includes(language));
    const lines = shell.flatMap(({ code }) => code.replaceAll("\\\n", " ").split("\n"));
    const typed = lines.map((line) => line.replace(/(?:^|\s)#.*$/, "").replace(/^\s*(?:\$ )?/, ""));
    return [...typed, ...codeSpans].map((line) => ({ path, line }));
  });
}

/** True for an object most of whose members are what only a configuration has there. */
function isConfiguration(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const members = Object.entries(value);
  const known = members.filter(([name, member]) => CONFIG_KEYS.has(`${name}:${kindOf(member)}`));
  return known.length * 2 > members.length;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "list" : typeof value;
}

const CONFIG_KEYS: ReadonlySet<string> = new Set([
  "$schema:string",
  ...Object.entries(defaultConfig()).map(([name, value]) => `${name}:${kindOf(value)}`),
]);
