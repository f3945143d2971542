// How fast Haechi is: `npm run bench -- [--quick] [--only gateway,start,scan,audit,mcp,vault]`.
// Tables on stdout and the same figures as JSON on its last line; progress on stderr.
// docs/BENCHMARKS.md says what is compared with what.
import { parseArgs } from "node:util";
import { thisMachine } from "./machine.ts";
import { SECTIONS } from "./sections.ts";

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false }, only: { type: "string" } } });
const names = values.only?.split(",") ?? Object.keys(SECTIONS);
const unknown = names.filter((name) => !(name in SECTIONS));
if (unknown.length > 0) {
  console.error(`no section is called ${unknown.join(", ")}; there are ${Object.keys(SECTIONS).join(", ")}`);
  process.exit(2);
}

const machine = thisMachine();
const { cpu, cores, memoryGb, platform, node, commit, pinned } = machine;
console.log(
  `${cpu}, ${cores} cores, ${memoryGb} GB, ${platform}; Node ${node}; commit ${commit}; ` +
    `${pinned ? "what is measured has a core of its own" : "processes share all cores"}`,
);
const figures: Record<string, unknown> = {};
for (const name of names) figures[name] = await SECTIONS[name]!(values.quick);
console.log(
  JSON.stringify({ machine, ...figures }, (_, value) => (typeof value === "number" ? rounded(value) : value)),
);

/** To four digits: more of them would be noise. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
