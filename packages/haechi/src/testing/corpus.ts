import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fillTemplates } from "./corpus-template.ts";

/** One labelled text of the corpus. */
export interface CorpusCase {
  /** The type of the file the case stands in. */
  readonly entityType: string;
  /** What is to be scanned: templates are filled. */
  readonly text: string;
  /** Every place of the entity type in the text, in UTF-16 units. */
  readonly expect: readonly CorpusSpan[];
  /** Other entity types that the text holds too; findings of types that are neither are wrong. */
  readonly also: readonly string[];
  readonly direction: "request" | "response";
  readonly language: string | null;
  readonly why: string;
  /** Why the detectors get it wrong, where that is known. */
  readonly gap: string | null;
}

export interface CorpusSpan {
  readonly start: number;
  readonly end: number;
}

/** All cases of the `<entity_type>.jsonl` files in a folder, in the order of the file names. */
export async function loadCorpus(folder: string): Promise<CorpusCase[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".jsonl")).sort();
  const files = await Promise.all(
    names.map(async (name) => parseCases(name, await readFile(join(folder, name), "utf8"))),
  );
  return files.flat();
}

function parseCases(name: string, lines: string): CorpusCase[] {
  const entityType = name.slice(0, -".jsonl".length);
  return lines
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      // The files are part of the project and held to this shape by corpus.test.ts.
      const written = JSON.parse(line) as Partial<CorpusCase> & Pick<CorpusCase, "text" | "expect" | "why">;
      return {
        entityType,
        text: fillTemplates(written.text),
        expect: written.expect,
        also: written.also ?? [],
        direction: written.direction ?? (entityType === "injection" ? "response" : "request"),
        language: written.language ?? null,
        why: written.why,
        gap: written.gap ?? null,
      };
    });
}
