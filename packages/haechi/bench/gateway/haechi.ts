// Haechi in enforce mode, with its state in the folder that it is started in:
//   haechi.ts <folder of the bundle> <URL of the upstream> inspects-answers|forwards-answers|mcp
import { join } from "node:path";
import { slowHeapGrowth } from "../../src/cli/slow-heap-growth.ts";
import { answerBench } from "./child-side.ts";
import type { Listening } from "./messages.ts";

const [dist, upstream, answers] = process.argv.slice(2) as [string, string, string];
// The bundle has no types of its own here; it is built from these sources.
const { createRuntime, parseConfig, startGateway, systemClock, systemRandom } = (await import(
  join(dist, "runtime.js")
)) as typeof import("../../src/public/runtime.ts");
const { initKeyFile } = (await import(join(dist, "crypto.js"))) as typeof import("../../src/public/crypto.ts");

slowHeapGrowth(); // as the command does
const keyFile = join(process.cwd(), "keys.json");
await initKeyFile(keyFile, { clock: systemClock, random: systemRandom });
const runtime = createRuntime(
  parseConfig({
    mode: "enforce",
    target: { upstream, ...(answers === "mcp" ? { type: "mcp" } : {}) },
    proxy: { port: 0 },
    keys: { keyFile },
    responseProtection: { enabled: answers === "inspects-answers" },
    streaming: { requestMode: "inspect" },
  }),
);
const { url } = await startGateway(runtime);
answerBench(() => true);
process.send!({ url } satisfies Listening);
