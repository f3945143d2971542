// A server of the second official SDK, which speaks revision 2026-07-28; its command line names the file into
// which it writes what it is told.
import { appendFileSync } from "node:fs";
import { createRequestStateCodec, inputRequired, McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { canaryAt } from "../canary-places.ts";

const toldFile = process.argv[2]!;
process.stdin.on("data", (chunk: Buffer) => appendFileSync(toldFile, chunk));

const at = (place: string) => `see ${canaryAt(`server.${place}`)}.`;
const states = createRequestStateCodec<{ readonly round: number; readonly padding: string }>({ key: "k".repeat(32) });

serveStdio(() => {
  const server = new McpServer(
    { name: "modern-server", version: "2" },
    {
      capabilities: { tools: {}, logging: {} },
      instructions: at("instructions"),
      requestState: { verify: states.verify },
    },
  );
  server.registerTool("plain", { description: at("description") }, () => ({
    content: [{ type: "text", text: at("text") }],
    structuredContent: { said: at("structured") },
  }));
  server.registerTool("asks", { description: "Asks back" }, async (context) => {
    const { inputResponses } = context.mcpReq;
    if (inputResponses === undefined) {
      return inputRequired({
        inputRequests: {
          who: inputRequired.elicit({
            message: at("elicitation"),
            requestedSchema: {
              type: "object",
              properties: { mail: { type: "string", title: at("elicitation.title") } },
            },
          }),
        },
        requestState: await states.mint({ round: 1, padding: "x".repeat(40) }),
      });
    }
    const state = context.mcpReq.requestState() as { readonly round: number };
    return { content: [{ type: "text", text: `round ${state.round}` }] };
  });
  return server;
});
