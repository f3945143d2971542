import { join } from "node:path";
import ts from "typescript-6";
import { configJsonSchema, type JsonSchema } from "../../packages/haechi/src/config/describe/json-schema.ts";
import { packageFolder } from "./package-entries.ts";

/**
 * The declarations of `Config` and `ConfigInput`, spelled out: in the sources they follow
 * from the schema by types of a library that users of the package do not have. All of it
 * is readonly: nobody changes a configuration, neither before nor after it is checked.
 */
export function configDeclarations(): string {
  const file = join(packageFolder, "src/config/schema.ts");
  const program = ts.createProgram([file], compilerOptions());
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  if (source === undefined) throw new Error(`${file} is not there`);
  const documentation = configJsonSchema();
  return source.statements
    .filter((statement) => ts.isTypeAliasDeclaration(statement))
    .filter((alias) => alias.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .map((alias) => {
      const spelled = spell(checker.getTypeAtLocation(alias), documentation, { checker, at: alias, indent: "" });
      return `${tsDoc(alias)}export type ${alias.name.text} = ${spelled};\n`;
    })
    .join("\n");
}

function compilerOptions(): ts.CompilerOptions {
  const project = join(packageFolder, "tsconfig.declarations.json");
  const { config, error } = ts.readConfigFile(project, ts.sys.readFile);
  if (error !== undefined) throw new Error(`${project} cannot be read`);
  return ts.parseJsonConfigFileContent(config, ts.sys, packageFolder).options;
}

function tsDoc(alias: ts.TypeAliasDeclaration): string {
  const comments = ts.getJSDocCommentsAndTags(alias).map((comment) => comment.getText());
  return comments.map((comment) => `${comment}\n`).join("");
}

interface Context {
  readonly checker: ts.TypeChecker;
  readonly at: ts.Node;
  readonly indent: string;
}

function spell(type: ts.Type, schema: JsonSchema | undefined, context: Context): string {
  const { checker } = context;
  if (type.isUnion()) return spellUnion(type, schema, context);
  if ((type.flags & ts.TypeFlags.Object) === 0) return checker.typeToString(type);
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(type as ts.TypeReference); // an array type is a reference to Array
    if (element === undefined) throw new Error("an array type has an element type");
    return `readonly ${inBrackets(spell(element, schema?.items, context))}[]`;
  }
  const index = checker.getIndexInfoOfType(type, ts.IndexKind.String);
  if (index !== undefined) {
    const values = typeof schema?.additionalProperties === "object" ? schema.additionalProperties : undefined;
    return `{ readonly [name: string]: ${spell(index.type, values, context)} }`;
  }
  return spellObject(type, schema, context);
}

// The compiler splits `boolean` into its two values.
function spellUnion(type: ts.UnionType, schema: JsonSchema | undefined, context: Context): string {
  const spelled = type.types.map((member) => spell(member, alternativeFor(member, schema), context));
  const withoutHalves = spelled.filter((member) => member !== "true" && member !== "false");
  const isBoolean = spelled.length - withoutHalves.length === 2;
  return (isBoolean ? ["boolean", ...withoutHalves] : spelled).join(" | ");
}

function alternativeFor(member: ts.Type, schema: JsonSchema | undefined): JsonSchema | undefined {
  if (schema?.anyOf === undefined) return schema;
  const isObject = (member.flags & ts.TypeFlags.Object) !== 0;
  return isObject ? schema.anyOf.find(({ properties, items }) => (properties ?? items) !== undefined) : undefined;
}

function spellObject(type: ts.Type, schema: JsonSchema | undefined, context: Context): string {
  const { checker, at, indent } = context;
  const inner = { ...context, indent: `${indent}  ` };
  const lines = checker
    .getPropertiesOfType(type)
    .filter(isPublic)
    .map((property) => {
      const { name } = property;
      const described = schema?.properties?.[name];
      const comment = described?.description === undefined ? "" : `${inner.indent}/** ${described.description} */\n`;
      const optional = (property.flags & ts.SymbolFlags.Optional) !== 0 ? "?" : "";
      const value = checker.getTypeOfSymbolAtLocation(property, at);
      return `${comment}${inner.indent}readonly ${name}${optional}: ${spellMember(value, described, inner)};\n`;
    });
  return lines.length === 0 ? "{}" : `{\n${lines.join("")}${indent}}`;
}

function spellMember(type: ts.Type, schema: JsonSchema | undefined, context: Context): string {
  return type.getCallSignatures().length > 0 ? context.checker.typeToString(type) : spell(type, schema, context);
}

/** Private fields and symbols have names that are no identifiers. */
function isPublic(property: ts.Symbol): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(property.name);
}

function inBrackets(type: string): string {
  return type.includes(" | ") ? `(${type})` : type;
}
