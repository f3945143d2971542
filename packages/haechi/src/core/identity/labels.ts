import { HaechiError } from "../errors.ts";

const VALUE_CHARACTERS_MAX = 64;

/**
 * A checked copy of the labels of an identity: only allowed keys, values of 1 to 64
 * characters. Absent labels are none.
 * @throws HaechiError PROVIDER_INVALID for anything else
 */
export function validateLabels(labels: unknown, allowedKeys: readonly string[]): Readonly<Record<string, string>> {
  if (labels === undefined || labels === null) return {};
  if (typeof labels !== "object" || Array.isArray(labels)) throw invalid("labels are not an object of strings");
  return Object.fromEntries(
    Object.entries(labels).map(([key, value]: [string, unknown]) => {
      if (!allowedKeys.includes(key)) throw invalid("a label key is not in auth.allowedLabelKeys");
      if (!isLabelValue(value)) {
        throw invalid(`the value of label ${key} is not a text of 1 to ${VALUE_CHARACTERS_MAX} characters`);
      }
      return [key, value];
    }),
  );
}

// A character is a code point, which takes at most two UTF-16 units.
function isLabelValue(value: unknown): value is string {
  if (typeof value !== "string" || value === "" || value.length > 2 * VALUE_CHARACTERS_MAX) return false;
  return [...value].length <= VALUE_CHARACTERS_MAX;
}

function invalid(message: string): HaechiError {
  return new HaechiError("PROVIDER_INVALID", message);
}
