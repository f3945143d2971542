import type { Readable } from "node:stream";
import { CommandError } from "./command-error.ts";
import type { CliIo } from "./io.ts";

/** Standard input at a terminal, as far as it is needed here. */
interface TerminalInput extends Readable {
  readonly isTTY: true;
  setRawMode(raw: boolean): unknown;
}

/** Whether somebody can be asked. */
export function canAsk(stdin: Readable): stdin is TerminalInput {
  return "isTTY" in stdin && stdin.isTTY === true && "setRawMode" in stdin;
}

/**
 * What a person types, without it being shown. The question goes to standard error, so that output stays what it is.
 * @throws CommandError when the person breaks off
 */
export async function askHidden({ stdin, stderr }: CliIo, question: string): Promise<string> {
  if (!canAsk(stdin)) throw new CommandError("there is no terminal to ask at");
  stderr.write(question);
  // The terminal would write what is typed by itself.
  stdin.setRawMode(true);
  try {
    return await typedLine(stdin);
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write("\n");
  }
}

const TYPED_CHARACTERS_MAX = 1024;
const CTRL_C = "\u0003";
const CTRL_D = "\u0004";
const CTRL_U = "\u0015";

function typedLine(stdin: TerminalInput): Promise<string> {
  const decoder = new TextDecoder();
  let typed: string[] = [];
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      stdin.off("data", read);
      stdin.off("end", breakOff);
      settle();
    };
    const breakOff = () => end(() => reject(new CommandError("nothing was typed")));
    const read = (bytes: Buffer) => {
      for (const character of decoder.decode(bytes, { stream: true })) {
        if (character === "\r" || character === "\n") return end(() => resolve(typed.join("")));
        if (character === CTRL_C || character === CTRL_D) return breakOff();
        if (character === CTRL_U) typed = [];
        else if (character === "\b" || character === "\u007f") typed.pop();
        else if (character >= " " && typed.length < TYPED_CHARACTERS_MAX) typed.push(character);
      }
    };
    stdin.on("data", read);
    stdin.once("end", breakOff);
    stdin.resume();
  });
}
