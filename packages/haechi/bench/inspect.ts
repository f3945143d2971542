// What the inspection of a whole body costs, without the gateway around it: reading,
// scanning and judging, in CPU microseconds, for the bodies of the gateway's bench.

import { builtInDetectors } from "../src/core/detect/registry.ts";
import { compileDetectors } from "../src/core/detect/rules/compile.ts";
import { scanDocument } from "../src/core/detect/scan/scan.ts";
import { tokenize } from "../src/core/document/tokenize.ts";
import { type BodyShape, requestBody } from "./gateway/bodies.ts";
import { SAMPLE_TEXTS } from "./sample-texts.ts";

const ROUNDS = 15;
const ROUND_MS = 25;
const KIB = 1024;

const compileStart = performance.now();
const compiled = compileDetectors(builtInDetectors);
console.log(`${builtInDetectors.length} rules compiled in ${(performance.now() - compileStart).toFixed(1)} ms\n`);

const bodies: Record<string, string> = {
  "stream frame": JSON.stringify(frame("the quick answer to that")),
  "chat 1 KB": generated({ bytes: KIB, kind: "chat" }),
  "chat 16 KB": generated({ bytes: 16 * KIB, kind: "chat" }),
  "agent 64 KB": generated({ bytes: 64 * KIB, kind: "agent" }),
  "chat 256 KB": generated({ bytes: 256 * KIB, kind: "chat" }),
  "mixed 256 KB": mixed(256 * KIB),
};

console.log("body".padEnd(14), "   bytes", "leaves", "found", "tokenize µs", "scan µs");
for (const [name, body] of Object.entries(bodies)) {
  const bytes = new TextEncoder().encode(body);
  const document = tokenize(bytes, { depthMax: 64 });
  const options = { direction: "request", scanNumbers: true, decodeAndRescan: false, spellings: "all" } as const;
  console.log(
    name.padEnd(14),
    String(bytes.length).padStart(8),
    String(document.leaves.count).padStart(6),
    String(scanDocument(document, compiled, options).length).padStart(5),
    microseconds(() => tokenize(bytes, { depthMax: 64 })).padStart(11),
    microseconds(() => scanDocument(document, compiled, options)).padStart(7),
  );
}

function generated(shape: Pick<BodyShape, "bytes" | "kind">): string {
  return requestBody({ ...shape, streamed: false, planted: false }, 1);
}

/** Turns of prose, code and logs, as a coding session has them. */
function mixed(bytes: number): string {
  const texts = ["prose", "code", "json logs"].map((name) => SAMPLE_TEXTS[name]!(3000));
  const messages = Array.from({ length: Math.floor(bytes / 3200) }, (_, turn) => ({
    role: turn % 2 === 0 ? "user" : "assistant",
    content: texts[turn % texts.length],
  }));
  return JSON.stringify({ model: "bench-model", messages });
}

function frame(content: string): unknown {
  const choice = { index: 0, delta: { content }, logprobs: null, finish_reason: null };
  return {
    id: "chatcmpl-frame",
    object: "chat.completion.chunk",
    created: 1741569952,
    model: "bench-model-large",
    service_tier: "default",
    system_fingerprint: "fp_44709d6fcb",
    choices: [choice],
    usage: null,
  };
}

/** CPU time of one call, the median of many short rounds. */
function microseconds(task: () => unknown): string {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    const usage = process.cpuUsage();
    let calls = 0;
    for (; performance.now() - start < ROUND_MS; calls += 4) for (let i = 0; i < 4; i++) task();
    const used = process.cpuUsage(usage);
    return (used.user + used.system) / calls;
  });
  return rounds.sort((a, b) => a - b)[ROUNDS >> 1]!.toFixed(1);
}
