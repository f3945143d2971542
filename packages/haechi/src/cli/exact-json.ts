/**
 * A parsed JSON text whose numbers are written again as they stood: a number that
 * a double cannot hold would come out as another one.
 */
export function exactJson(text: string): unknown {
  return sourceTextJson.parse(text, (_, value, { source }) =>
    typeof value === "number" && source !== undefined ? sourceTextJson.rawJSON(source) : value,
  );
}

/** ECMA-262, "JSON.parse source text access". */
interface SourceTextJson {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): unknown;
}

// Every supported Node has it; the compiler's library does not know it yet.
const sourceTextJson = JSON as unknown as SourceTextJson;
