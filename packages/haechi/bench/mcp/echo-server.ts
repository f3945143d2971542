// Answers every request with its own arguments, as a tool result; ends with its input.
import { createInterface } from "node:readline";

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { id, params } = JSON.parse(line);
    const text = JSON.stringify(params.arguments);
    process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", id, result: { content: [{ type: "text", text }] } })}\n`);
  })
  .on("close", () => process.exit());
