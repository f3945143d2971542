import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { describe, it } from "node:test";
import { askHidden } from "./ask-hidden.ts";
import { CommandError } from "./command-error.ts";

/** A terminal at which `chunks` are typed. */
function terminal(...chunks: readonly (string | Buffer)[]) {
  const modes: boolean[] = [];
  let shown = "";
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: (raw: boolean) => modes.push(raw) });
  for (const chunk of chunks) stdin.write(chunk);
  const output = { write: (text: string) => (shown += text), isTTY: true };
  return { io: { stdin, stdout: output, stderr: output, environment: {} }, modes, shown: () => shown };
}

describe("askHidden", () => {
  it("returns what is typed up to the line end, and shows the question alone", async () => {
    const { io, modes, shown } = terminal("correct ", "horse\r");
    assert.equal(await askHidden(io, "Pass phrase: "), "correct horse");
    assert.equal(shown(), "Pass phrase: \n");
    assert.deepEqual(modes, [true, false]);
  });

  it("heeds the keys that take characters back", async () => {
    assert.equal(await askHidden(terminal("wrong\u0015ab\u007fc\u001b\n").io, ""), "ac");
  });

  it("reads characters that arrive in pieces", async () => {
    const [head, tail] = [Buffer.from("비밀").subarray(0, 4), Buffer.from("비밀").subarray(4)];
    assert.equal(await askHidden(terminal(head, tail, "\n").io, ""), "비밀");
  });

  it("ends when the person breaks off, with the terminal as it was", async () => {
    for (const key of ["\u0003", "\u0004"]) {
      const { io, modes } = terminal(`abc${key}`);
      await assert.rejects(askHidden(io, ""), CommandError);
      assert.deepEqual(modes, [true, false]);
    }
  });

  it("asks nobody where there is no terminal", async () => {
    const { io } = terminal();
    await assert.rejects(askHidden({ ...io, stdin: new PassThrough() }, ""), CommandError);
  });
});
