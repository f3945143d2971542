// Speed of the tokenizer beside JSON.parse on bodies of 16 KB: `node packages/haechi/bench/tokenize.ts`.
import { tokenize } from "../src/core/document/tokenize.ts";

const BODY_BYTES = 16 * 1024;
const ROUNDS = 60;
const ROUND_MS = 10;

const bodies: Record<string, unknown> = {
  prose: chat('The river was low that summer, and nobody could say "why" with any confidence. '),
  code: chat('export function total(items) {\n\tconst sums = items.map((item) => item["price"]);\n\treturn sums;\n}\n'),
  korean: chat("올여름 강물은 낮았고, 그 까닭을 자신 있게 말할 수 있는 사람은 없었다. "),
  logs: { events: filled((i) => ({ id: i, level: "info", ms: 12.5, ok: true, path: "/v1/items", tags: ["a", "b"] })) },
};

for (const [name, body] of Object.entries(bodies)) {
  const text = JSON.stringify(body);
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  const [ours, parse, decodeAndParse] = medians([
    () => tokenize(bytes, { depthMax: 256 }),
    () => JSON.parse(text),
    () => JSON.parse(decoder.decode(bytes)),
  ]);
  console.log(
    `${name.padEnd(8)} ${(bytes.length / ours! / 1000).toFixed(0).padStart(5)} MB/s`,
    `  ${(ours! / parse!).toFixed(2)} x JSON.parse   ${(ours! / decodeAndParse!).toFixed(2)} x decode and JSON.parse`,
  );
}

function chat(sentence: string): unknown {
  const content = sentence.repeat(Math.ceil(3900 / new TextEncoder().encode(sentence).length));
  return { model: "m", stream: true, messages: [0, 1, 2, 3].map(() => ({ role: "user", content })) };
}

function filled(item: (index: number) => unknown): unknown[] {
  const items: unknown[] = [];
  for (let size = 0; size < BODY_BYTES; size += JSON.stringify(items.at(-1)).length) items.push(item(items.length));
  return items;
}

/** Milliseconds a call, the median of many short rounds in which the tasks take turns. */
function medians(tasks: readonly (() => unknown)[]): number[] {
  const samples: number[][] = tasks.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    tasks.forEach((task, i) => {
      const begin = performance.now();
      let calls = 0;
      while (performance.now() - begin < ROUND_MS) for (let n = 0; n < 20; n++, calls++) task();
      samples[i]!.push((performance.now() - begin) / calls);
    });
  }
  return samples.map((list) => list.sort((a, b) => a - b)[list.length >> 1]!);
}
