// Lists the tools that stand in a file, two a page, and answers calls with their name. The second word of its command line
// makes it a server without a handshake.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [file, era] = process.argv.slice(2);

for await (const line of createInterface({ input: process.stdin })) {
  const { id, method, params } = JSON.parse(line);
  if (id === undefined) continue;
  const answer = (body: object) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", id, ...body })}\n`);
  if (method === "tools/list") {
    const tools = JSON.parse(readFileSync(file!, "utf8"));
    const from = Number(params?.cursor ?? 0);
    const next = from + 2 < tools.length ? { nextCursor: String(from + 2) } : {};
    answer({ result: { tools: tools.slice(from, from + 2), ...next } });
  } else if (method === "tools/call") {
    answer({ result: { content: [{ type: "text", text: params.name }] } });
  } else if (method === "initialize" && era !== "modern") {
    answer({
      result: {
        protocolVersion: params.protocolVersion,
        capabilities: { tools: {} },
        serverInfo: { name: "x", version: "1" },
      },
    });
  } else {
    answer({ error: { code: -32601, message: "Method not found" } });
  }
}
