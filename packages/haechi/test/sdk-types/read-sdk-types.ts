import { createRequire } from "node:module";
import { join } from "node:path";
import ts from "typescript-6";
import type { Sdk } from "./sdk-calls.ts";

/**
 * The types of an SDK as far as they say where a string may stand, a line for each member: the type, the member, and
 * what it may hold. That is `string`, a literal, `json` for anything at all, or a type of another line; `[]` is a list
 * of it and `{}` a record.
 */
export function readSdkTypes(sdk: Sdk): string {
  const file = join(import.meta.dirname, `${sdk}-calls.ts`);
  const program = ts.createProgram([file], {
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ["node"],
    typeRoots: [join(createRequire(import.meta.url).resolve("@types/node/package.json"), "../..")],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file)!;
  const errors = program.getSemanticDiagnostics(source);
  if (errors.length > 0) throw new Error(ts.formatDiagnostics(errors, FORMAT));
  const calls = checker.getExportsOfModule(checker.getSymbolAtLocation(source)!).find(({ name }) => name === "Calls")!;
  const writer = new TypeWriter(checker, source);
  for (const call of checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(calls))) {
    writer.write(checker.getTypeOfSymbol(call), call.name);
  }
  return `${writer.lines.toSorted().join("\n")}\n`;
}

/** Where the list of an SDK stands. */
export function listFile(sdk: Sdk): string {
  return join(import.meta.dirname, `${sdk}.txt`);
}

const FORMAT = { getCanonicalFileName: (name: string) => name, getCurrentDirectory: () => "", getNewLine: () => "\n" };

/** Writes down types, each once. */
class TypeWriter {
  readonly lines: string[] = [];
  readonly #checker: ts.TypeChecker;
  readonly #source: ts.SourceFile;
  readonly #names = new Map<ts.Type, string>();
  readonly #taken = new Set<string>();

  constructor(checker: ts.TypeChecker, source: ts.SourceFile) {
    this.#checker = checker;
    this.#source = source;
  }

  /** The members of an object type, under its name. */
  write(type: ts.Type, name: string): void {
    this.#names.set(type, name);
    this.#taken.add(name);
    for (const member of this.#checker.getPropertiesOfType(type)) {
      if ((member.flags & NOT_SENT) !== 0) continue;
      const held = this.#held(this.#checker.getTypeOfSymbolAtLocation(member, this.#source), `${name}.${member.name}`);
      if (held.length > 0) this.lines.push(`${name}.${member.name} ${held.join("|")}`);
    }
    const values = this.#checker.getIndexTypeOfType(type, ts.IndexKind.String);
    const held = values === undefined ? [] : this.#held(values, `${name}.*`);
    if (held.length > 0) this.lines.push(`${name}.* ${held.join("|")}`);
  }

  /** What a member of this type may hold, in an order of its own. */
  #held(type: ts.Type, place: string): string[] {
    const held = type.isUnion() ? type.types.flatMap((one) => this.#heldOne(one, place)) : this.#heldOne(type, place);
    const distinct = [...new Set(held)].toSorted();
    return distinct.includes("string") ? distinct.filter((one) => !one.startsWith("'")) : distinct;
  }

  #heldOne(type: ts.Type, place: string): string[] {
    if ((type.flags & ANYTHING) !== 0) return ["json"];
    if (type.isStringLiteral()) return [`'${type.value}'`];
    if ((type.flags & ts.TypeFlags.StringLike) !== 0) return ["string"];
    if (type.isIntersection() && type.types.some(({ flags }) => (flags & ts.TypeFlags.StringLike) !== 0))
      return ["string"];
    if (type.isUnion()) return this.#held(type, place);
    if ((type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) === 0) return [];
    return this.#heldObject(type, place);
  }

  #heldObject(type: ts.Type, place: string): string[] {
    const checker = this.#checker;
    if (checker.isArrayLikeType(type)) {
      const element = checker.getIndexTypeOfType(type, ts.IndexKind.Number)!;
      return this.#held(element, `${place}[]`).map((one) => `${one}[]`);
    }
    if (type.getCallSignatures().length > 0) return [];
    if (this.#isOfThePlatform(type)) return ON_THE_WIRE[type.symbol.name] ?? [];
    const members = checker.getPropertiesOfType(type);
    const values = checker.getIndexTypeOfType(type, ts.IndexKind.String);
    if (members.length === 0)
      return values === undefined ? ["json"] : this.#held(values, `${place}{}`).map((one) => `${one}{}`);
    const known = this.#names.get(type);
    if (known !== undefined) return [known];
    const name = this.#nameFor(type, place);
    this.write(type, name);
    return [name];
  }

  /** What a mapped type makes of others stands in the library too, but is no interface. */
  #isOfThePlatform({ symbol }: ts.Type): boolean {
    if (!symbol || (symbol.flags & NAMED) === 0) return false;
    const files = symbol.declarations?.map((declaration) => declaration.getSourceFile().fileName) ?? [];
    return (
      files.length > 0 &&
      files.every((file) => /\/(?:typescript[^/]*\/lib|@types\/node|buffer|undici-types)\//.test(file))
    );
  }

  /** Its own name when it has one that nothing else has; otherwise the place where it is met first. */
  #nameFor(type: ts.Type, place: string): string {
    const isNamed = type.symbol && (type.symbol.flags & NAMED) !== 0;
    const name = isNamed ? this.#checker.getFullyQualifiedName(type.symbol).replace(/^".*"\./, "") : place;
    if (!this.#taken.has(name)) return name;
    let count = 1;
    while (this.#taken.has(`${place}~${count}`)) count++;
    return `${place}~${count}`;
  }
}

const NAMED = ts.SymbolFlags.Interface | ts.SymbolFlags.Class;
const ANYTHING = ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.NonPrimitive;
const NOT_SENT = ts.SymbolFlags.Method | ts.SymbolFlags.Accessor | ts.SymbolFlags.Function;

/** Objects of the platform that JSON has another form for; functions, streams and signals have none. */
const ON_THE_WIRE: Readonly<Record<string, string[]>> = {
  Date: ["string"],
  Uint8Array: ["string"],
  ArrayBuffer: ["string"],
  Map: ["json{}"],
  Object: ["json"],
};
