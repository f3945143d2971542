import { icaoCheckDigit } from "../checksums/icao9303.ts";

/** True when the lines are those of a travel document (ICAO 9303 parts 4 to 6): their lengths and the check digits of number and dates. */
export function isMachineReadableZone(match: string): boolean {
  const lines = match.split(/\r?\n/);
  const dated = lines.length === 3 ? lines[1]! : lines.at(-1)!;
  if (lines.length === 3) {
    const [first = "", , last = ""] = lines;
    return (
      lines.every((line) => line.length === 30) &&
      last.includes("<<") &&
      checks(first, 5, 9) &&
      checks(dated, 0, 6) &&
      checks(dated, 8, 6)
    );
  }
  const isLength = (dated.length === 44 || dated.length === 36) && lines[0]!.length === dated.length;
  return isLength && checks(dated, 0, 9) && checks(dated, 13, 6) && checks(dated, 21, 6);
}

/** The field of this length at the place is followed by its check digit. */
function checks(line: string, at: number, length: number): boolean {
  return String(icaoCheckDigit(line.slice(at, at + length))) === line[at + length];
}
