// A process to be killed: does on the files of a gateway what an operator does beside it, one command after the
// other, until it dies. Prints what each command said after the command has ended.
import { writeSync } from "node:fs";
import { runCliWords } from "../support/run-cli.ts";

const [config, elsewhere] = process.argv.slice(2);
const CHECKPOINT = ["audit", "checkpoint", "--directory", elsewhere!];
const COMMANDS = [CHECKPOINT, ["keys", "rotate"], CHECKPOINT, ["audit", "rotate"], CHECKPOINT];

for (let number = 0; ; number++) {
  const command = COMMANDS[number % COMMANDS.length]!;
  const { exitCode, stdout, stderr } = await runCliWords([...command, "--config", config!]);
  if (exitCode !== 0) throw new Error(`${command[0]} ${command[1]}: ${stderr}`);
  writeSync(1, `${JSON.stringify(JSON.parse(stdout))}\n`);
}
