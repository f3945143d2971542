import { parseSync, Visitor } from "rolldown/utils";

/** Every module that a piece of JavaScript loads by a name written into it, by `import` or by `require`. */
export function moduleSpecifiers(path: string, code: string): string[] {
  const { program, errors } = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path} does not parse`);
  const found: string[] = [];
  const add = (node: unknown) => {
    const value = (node as { value?: unknown } | null | undefined)?.value;
    if (typeof value === "string") found.push(value);
  };
  new Visitor({
    ImportDeclaration: ({ source }) => add(source),
    ExportNamedDeclaration: ({ source }) => add(source),
    ExportAllDeclaration: ({ source }) => add(source),
    ImportExpression: ({ source }) => add(source),
    CallExpression: ({ callee, arguments: [first] }) => {
      if (callee.type === "Identifier" && callee.name.endsWith("require")) add(first);
    },
  }).visit(program);
  return found;
}
