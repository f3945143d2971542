import { SAMPLE_TEXTS } from "./sample-texts.ts";

/** Bodies as clients send them, of about so many characters: a few long strings, or many short ones. */
export const SAMPLE_BODIES: Readonly<Record<string, (length: number) => unknown>> = {
  ...Object.fromEntries(
    Object.entries(SAMPLE_TEXTS).map(([name, make]) => [name, (length: number) => message(make(length))]),
  ),
  japanese: (length) => message(repeated(JAPANESE, length).join("")),
  "many messages": (length) => ({
    messages: SAMPLE_TEXTS.prose!(length)
      .split("\n\n")
      .map((content, at) => ({ role: ROLES[at % 2], content: content.trim() })),
  }),
  "content parts": (length) => ({
    content: SAMPLE_TEXTS.code!(length)
      .split("\n\n")
      .map((text) => ({ type: "text", text })),
  }),
  "cut anywhere": (length) => ({
    content: pieces(SAMPLE_TEXTS.prose!(length), 40).map((text) => ({ type: "text", text })),
  }),
  "log objects": (length) => SAMPLE_TEXTS["json logs"]!(length).split("\n").filter(isWhole).map(asObject),
  "korean log objects": (length) =>
    pieces(SAMPLE_TEXTS.korean!(length / 2), 60).map((msg, at) => ({
      ts: `2025-03-${10 + (at % 20)}T10:00:07.123Z`,
      level: "정보",
      msg,
      사용자: `사용자 ${at}`,
      ok: true,
    })),
  "agent with tools": (length) => ({
    model: "m",
    tools: Array.from({ length: length / 3000 }, (_, at) => toolSchema(at)),
    messages: pieces(SAMPLE_TEXTS.code!(length * 0.6), 1500).map((text, at) => ({
      role: ROLES[at % 2],
      content: [{ type: at % 2 === 0 ? "tool_result" : "text", [at % 2 === 0 ? "content" : "text"]: text }],
    })),
  }),
  "numbers as strings": (length) => ({
    rows: repeated(DIGITS, length / 12).map((digits, at) => String(+digits * (at + 7))),
  }),
  "rows of cells": (length) =>
    SAMPLE_TEXTS["digit table"]!(length)
      .split("\n")
      .map((row) => row.split(/ {2}|, /)),
  "log lines": (length) => ({ lines: SAMPLE_TEXTS["json logs"]!(length).split("\n") }),
  "table lines": (length) => ({ lines: SAMPLE_TEXTS["digit table"]!(length).split("\n") }),
  "code lines": (length) => ({ lines: SAMPLE_TEXTS.code!(length).split("\n") }),
  "words as strings": (length) => ({ input: SAMPLE_TEXTS.prose!(length).split(" ") }),
};

const ROLES = ["user", "assistant"];
const DIGITS = ["1234567", "98765", "1024", "77", "13579", "2468013"];
const JAPANESE = [
  "「こんにちは」。サーバー1台のデータを　確認：結果は次の通り〜。",
  "本日の会議では、新しい計画について話し合いました。",
  "来週までに資料を整理する予定です（担当：未定）。",
  "①と②、５ 個、React を使いますので、ご確認ください。",
];

function message(content: string): unknown {
  return { model: "m", messages: [{ role: "user", content }] };
}

function pieces(text: string, length: number): string[] {
  return Array.from({ length: Math.ceil(text.length / length) }, (_, at) => text.slice(at * length, (at + 1) * length));
}

function repeated(parts: readonly string[], length: number): string[] {
  const average = parts.join("").length / parts.length;
  return Array.from({ length: Math.ceil(length / average) }, (_, at) => parts[at % parts.length]!);
}

function isWhole(line: string): boolean {
  return line.endsWith("}");
}

function asObject(line: string): unknown {
  return JSON.parse(line);
}

function toolSchema(at: number): unknown {
  const names = SAMPLE_TEXTS.prose!(200)
    .split(" ")
    .slice(at % 9, (at % 9) + 12);
  return {
    name: `${names[0]}_${names[1]}`,
    description: names.join(" "),
    input_schema: {
      type: "object",
      properties: Object.fromEntries(
        names.map((name) => [name, { type: "string", description: `the ${name} to use` }]),
      ),
      required: names.slice(0, 2),
    },
  };
}
