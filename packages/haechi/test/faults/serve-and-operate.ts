// A process to be traced: a gateway, and what an operator does beside it, in one process. Prints where it listens and
// what each command said; ends when its input does.
import { readFileSync, writeSync } from "node:fs";
import { parseConfig } from "../../src/config/parse.ts";
import type { ConfigInput } from "../../src/config/schema.ts";
import { openGateway } from "./open-gateway.ts";
import { operateForEver } from "./operator.ts";

const [configPath, elsewhere] = process.argv.slice(2);
process.stdin.on("end", () => process.exit()).resume();

const config: ConfigInput = JSON.parse(readFileSync(configPath!, "utf8"));
const gateway = await openGateway(parseConfig(config));
writeSync(1, `${JSON.stringify({ url: gateway.url })}\n`);
await operateForEver(configPath!, elsewhere!);
