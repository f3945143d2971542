/** A detector to be: where it goes and what it is of. */
export interface NewDetector {
  /** Folder under `detectors/`. */
  readonly group: string;
  /** Rule id: lower-case letters, digits and hyphens. */
  readonly id: string;
  readonly entityType: string;
}

/** Its file, to be filled in: it compiles, and its own samples hold. */
export function detectorFile({ id, entityType }: NewDetector): string {
  return `import type { Detector } from "../../detector.ts";

// Say here which standard or which issuer's document defines the form.
export const ${nameOf(id)}: Detector = {
  id: "${id}",
  entityType: "${entityType}",
  confidence: 0.8,
  // What every match holds, for the scan to see where to look.
  anchor: { kind: "literal", literals: ["${literalOf(id)}"] },
  // Bounded: no quantifier without an upper limit, no look-around longer than one character.
  pattern: /(?<![\\w-])${literalOf(id)}[0-9]{8}(?![\\w-])/,
  // A checksum or a range, when there is one: accepts: (match) => …
  samples: {
    finds: [
      { text: "${literalOf(id)}00000000", why: "the whole text" },
      { text: "It is ${literalOf(id)}00000000.", match: "${literalOf(id)}00000000", why: "at the end of a sentence" },
    ],
    ignores: [
      { text: "${literalOf(id)}0000000", why: "a digit short" },
      { text: "x${literalOf(id)}00000000", why: "a piece of a longer word" },
    ],
  },
};
`;
}

/** The list of its group with the detector at its end. */
export function withDetector(list: string, { id }: NewDetector): string {
  const name = nameOf(id);
  const imports = list.split("\n").filter((line) => line.startsWith("import "));
  const added = `import { ${name} } from "./${id}.ts";`;
  const sorted = [...imports, added].toSorted((a, b) => (pathIn(a) < pathIn(b) ? -1 : 1));
  const rest = list.slice(list.lastIndexOf(imports.at(-1)!) + imports.at(-1)!.length);
  const entries = /\n\];/.test(rest)
    ? rest.replace(/\n\];/, `\n  ${name},\n];`)
    : rest.replace(/= \[(.*)\];/, (_, named: string) => `= [${named === "" ? "" : `${named}, `}${name}];`);
  return `${sorted.join("\n")}${entries}`;
}

/** `de-tax-number` as `deTaxNumber`. */
function nameOf(id: string): string {
  return id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function literalOf(id: string): string {
  return `${id.replaceAll("-", "").slice(0, 4).toUpperCase()}-`;
}

function pathIn(line: string): string {
  return /"(.*)"/.exec(line)![1]!;
}
