import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generatedTexts } from "./generated-texts.ts";

/** A piece of text in which nobody would want much to be found. */
export interface BenignChunk {
  readonly category: string;
  /** The file it comes from. */
  readonly source: string;
  readonly text: string;
}

const CHUNK_LENGTH = 32 * 1024;
/** Of one package in one category, so that no large one is all of it. */
const PACKAGE_LENGTH = 256 * 1024;

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** Test numbers of all kinds are what these are about. */
const LEFT_OUT = new Set(["stdnum", "ibantools", "haechi"]);

const CATEGORIES: readonly (readonly [string, RegExp])[] = [
  ["types", /\.d\.[cm]?ts$/],
  ["docs", /(?:\.(?:md|txt|markdown|html)|LICENSE)$/i],
  ["code", /\.(?:[cm]?[jt]s|py|sh|css)$/],
  ["config", /\.(?:json|ya?ml|toml|lock)$/],
];

/**
 * What every clone has: texts of the installed packages that do not depend on the
 * machine, and texts made here. `share` of 4 takes every fourth chunk.
 */
export function benignChunks(share = 1): BenignChunk[] {
  const chunks = [
    ...packageChunks(),
    ...generatedTexts().flatMap(([category, text]) => chunked(category, category, text)),
  ];
  return chunks.filter((_, at) => at % share === 0);
}

/** Changes with any of the texts. */
export function digestOf(chunks: readonly BenignChunk[]): string {
  const hash = createHash("sha256");
  for (const { text } of chunks) hash.update(text);
  return hash.digest("hex").slice(0, 16);
}

/** In UTF-16 units, millions. */
export function megabytesOf(chunks: readonly BenignChunk[]): number {
  return chunks.reduce((sum, { text }) => sum + text.length, 0) / 1e6;
}

function packageChunks(): BenignChunk[] {
  const chunks: BenignChunk[] = [];
  for (const name of packageNames()) {
    const folder = join(root, "node_modules", name);
    const left = new Map(CATEGORIES.map(([category]) => [category, PACKAGE_LENGTH]));
    for (const file of filesIn(folder)) {
      const category = CATEGORIES.find(([, pattern]) => pattern.test(file))?.[0];
      if (category === undefined || left.get(category)! <= 0 || statSync(join(folder, file)).size > 4 * PACKAGE_LENGTH)
        continue;
      const text = readFileSync(join(folder, file), "utf8").slice(0, left.get(category));
      left.set(category, left.get(category)! - text.length);
      chunks.push(...chunked(category, `${name}/${file}`, text));
    }
  }
  return chunks;
}

/** Those that are the same on every machine. */
function packageNames(): string[] {
  // The lockfile is npm's; only what is named here is read.
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, { os?: unknown; cpu?: unknown; optional?: boolean; link?: boolean }>;
  };
  return Object.entries(lock.packages)
    .filter(([path, { os, cpu, optional, link }]) => {
      const name = path.replace(/^node_modules\//, "");
      return (
        name !== path && !name.includes("node_modules/") && !os && !cpu && !optional && !link && !LEFT_OUT.has(name)
      );
    })
    .map(([path]) => path.slice("node_modules/".length))
    .sort();
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .filter((file) => !file.startsWith("node_modules/"))
    .sort();
}

function chunked(category: string, source: string, text: string): BenignChunk[] {
  const chunks: BenignChunk[] = [];
  for (let at = 0; at < text.length; at += CHUNK_LENGTH)
    chunks.push({ category, source, text: text.slice(at, at + CHUNK_LENGTH).toWellFormed() });
  return chunks;
}
