// Asks with autocannon, and prints what came back as a line of JSON:
//   load.ts <URL> <connections> <requests> <file with the body>
import { readFileSync } from "node:fs";
import autocannon from "autocannon";
import type { LoadFigures } from "./ask.ts";

const [url, connections, requests, bodyFile] = process.argv.slice(2) as [string, string, string, string];
const latenciesMs: number[] = [];
const statuses: Record<number, number> = {};
let withRetryAfter = 0;
const startedAt = performance.now();
const instance = autocannon(
  {
    url: `${url}/v1/chat/completions`,
    connections: Number(connections),
    amount: Number(requests),
    timeout: 60,
    sampleInt: 100,
    requests: [
      {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: readFileSync(bodyFile),
        onResponse(status, _body, _context, headers) {
          statuses[status] = (statuses[status] ?? 0) + 1;
          if (headers?.["retry-after"] !== undefined) withRetryAfter++;
        },
      },
    ],
  },
  (error, result) => {
    if (error) throw error;
    const broken = result.errors + result.timeouts;
    const figures: LoadFigures = { seconds, latenciesMs, statuses, withRetryAfter, broken };
    console.log(JSON.stringify(figures));
  },
);
// The end is noticed with the next sample.
let seconds = 0;
instance.on("response", (_client, _status, _bytes, ms) => {
  seconds = (performance.now() - startedAt) / 1000;
  latenciesMs.push(ms);
});
