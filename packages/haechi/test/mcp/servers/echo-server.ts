// Answers every request with its own parameters, in order; ends with its input.
import { createInterface } from "node:readline";

for await (const line of createInterface({ input: process.stdin })) {
  const { id, params } = JSON.parse(line);
  if (id === undefined) continue;
  if (!process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", id, result: params ?? {} })}\n`))
    await new Promise((resolve) => process.stdout.once("drain", resolve));
}
