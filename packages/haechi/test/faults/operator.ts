import { writeSync } from "node:fs";
import { runCliWords } from "../support/run-cli.ts";

/** Does on the files of a gateway what an operator does beside it; prints what each command said after it has ended. */
export async function operateForEver(configPath: string, elsewhere: string): Promise<never> {
  const checkpoint = ["audit", "checkpoint", "--directory", elsewhere];
  const commands = [checkpoint, ["keys", "rotate"], checkpoint, ["audit", "rotate"], checkpoint];
  for (let number = 0; ; number++) {
    const command = commands[number % commands.length]!;
    const { exitCode, stdout, stderr } = await runCliWords([...command, "--config", configPath]);
    if (exitCode !== 0) throw new Error(`${command[0]} ${command[1]}: ${stderr}`);
    writeSync(1, `${JSON.stringify(JSON.parse(stdout))}\n`);
  }
}
