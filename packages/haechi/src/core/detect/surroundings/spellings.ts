/**
 * The ways in which labels and keys of several words are written: Full name, FULL
 * NAME, full_name, full-name, fullName, fullname. For patterns that mind the case.
 */
export function spellings(label: string): string[] {
  const words = label.split(" ");
  const lower = words.join(" ");
  const titled = words.map(capitalized);
  const camel = [words[0], ...titled.slice(1)].join("");
  const phrases = [lower, capitalized(lower), titled.join(" "), lower.toUpperCase()];
  const names = [lower, lower.toUpperCase()].map((text) => text.replaceAll(" ", "_"));
  const dashed = lower.replaceAll(" ", "-");
  const joined = [camel, titled.join(""), words.join("")];
  return [...new Set([...phrases, ...names, dashed, ...joined])];
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
