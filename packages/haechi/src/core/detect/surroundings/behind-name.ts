/**
 * For `ContextWords.rejects` of a rule that is anchored by what its value holds: refuses
 * what does not stand right behind the pattern, a name and what may stand between it and
 * its value. A finding that is the whole of its text, as a member of JSON is, has its name
 * in the key, which `requires` sees.
 */
export function unlessBehind(source: string): (before: string, after: string) => boolean {
  const behind = new RegExp(`(?:${source})$`, "i");
  return (before, after) => (before !== "" || after !== "") && !behind.test(before);
}

/** Source of a pattern for where a name begins: a word, or a capital behind a small letter. */
export const NAME_BEGINS = "(?:(?<![a-z])|(?-i:(?<=[a-z])(?=[A-Z])))";
