/** A Markdown table with its columns under each other: the first so many are names, the others figures. */
export function table(names: number, header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => (at < names ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join(" | ")} |`;
  const rule = widths.map((width, at) => (at < names ? "-".repeat(width + 2) : `${"-".repeat(width + 1)}:`));
  return [line(header), `|${rule.join("|")}|`, ...rows.map(line)].join("\n");
}
