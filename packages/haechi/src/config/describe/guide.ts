import { describeKeys, type KeyDescription } from "./describe-keys.ts";

/** Every configuration key as plain text, for reading at a terminal. */
export function configGuide(): string {
  const sections = describeKeys().map(({ name, text, keys }) =>
    [...(name === null ? [] : [`${name}: ${text ?? ""}`]), ...keys.map(keyText)].join("\n"),
  );
  return `${plain([introduction, ...sections].join("\n\n"))}\n`;
}

const introduction = `Keys of haechi.config.json. Every key may be left out. The environment wins over the file.
  haechi config --example    writes a file with every default
  haechi config --check      says all that is wrong with a file`;

function keyText({ path, type, fallback, variable, text }: KeyDescription): string {
  const facts = [type, fallbackText(fallback), variable === null ? "" : `environment ${variable}`];
  return `  ${path}\n      ${facts.filter((fact) => fact !== "").join("; ")}\n      ${text}`;
}

function fallbackText(fallback: string): string {
  return fallback === "" || fallback === "required" || fallback === "unset" ? fallback : `default ${fallback}`;
}

function plain(text: string): string {
  return text.replaceAll("`", "");
}
