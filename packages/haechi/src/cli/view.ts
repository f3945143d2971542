import { styleText } from "node:util";
import Table from "cli-table3";
import type { TextOutput } from "./io.ts";

/** How a report is put into words for a person. */
export interface View {
  readonly paint: Paint;
  /** Rows under a head, in columns. */
  table(head: readonly string[], rows: readonly (readonly string[])[]): string;
  /** Names and what stands for them, one a line. */
  facts(rows: readonly (readonly [name: string, value: string])[]): string;
}

/** Meaning, not colour. */
export interface Paint {
  title(text: string): string;
  good(text: string): string;
  warning(text: string): string;
  bad(text: string): string;
  quiet(text: string): string;
}

export function createView({ isColored }: { readonly isColored: boolean }): View {
  const styled = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    isColored ? styleText(format, text, { validateStream: false }) : text;
  const paint: Paint = {
    title: styled("bold"),
    good: styled("green"),
    warning: styled("yellow"),
    bad: styled("red"),
    quiet: styled("dim"),
  };
  return {
    paint,
    table(head, rows) {
      const table = new Table({
        head: head.map(paint.quiet),
        chars: COLUMNS_ONLY,
        style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
      });
      table.push(...rows.map((row) => row.map(printable)));
      return withoutTrailingSpace(table.toString());
    },
    facts(rows) {
      const table = new Table({
        chars: COLUMNS_ONLY,
        style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
      });
      table.push(...rows.map(([name, value]) => [paint.quiet(name), value]));
      return withoutTrailingSpace(table.toString());
    },
  };
}

/** Whether colour is wanted: at a terminal that has it, unless the person says no (https://no-color.org). */
export function wantsColor(
  { isTTY = false }: TextOutput,
  { NO_COLOR = "", TERM }: Readonly<Record<string, string | undefined>>,
): boolean {
  return isTTY && NO_COLOR === "" && TERM !== "dumb";
}

/** Text from a file or a stranger, without the control characters that a terminal would obey. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, "�");
}

const COLUMNS_ONLY = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "",
};

function withoutTrailingSpace(text: string): string {
  return text.replace(/ +$/gm, "");
}
