// Runs commands on files that only processes started beside them see; prints how each ended.
import { readFileSync } from "node:fs";
import { runCliWords } from "../support/run-cli.ts";

const { lines, configPath }: { lines: string[]; configPath: string } = JSON.parse(readFileSync(0, "utf8"));
const runs: object[] = [];
for (const line of lines) runs.push({ line, ...(await runCliWords([...line.split(" "), "--config", configPath])) });
process.stdout.write(JSON.stringify(runs));
