/** Whether a position in JSON text that arrives in pieces stands inside a string. */
export interface JsonTextState {
  readonly inString: boolean;
  readonly afterBackslash: boolean;
}

export const JSON_TEXT_START: JsonTextState = { inString: false, afterBackslash: false };

/** The state after more text. Text that is not JSON only makes the answer useless, never wrong in kind. */
export function advanceJsonText(state: JsonTextState, text: string): JsonTextState {
  let { inString, afterBackslash } = state;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (afterBackslash) afterBackslash = false;
    else if (inString && character === "\\") afterBackslash = true;
    else if (character === '"') inString = !inString;
  }
  return { inString, afterBackslash };
}
