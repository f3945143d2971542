// A server of MCP with one tool, on its standard input and output: it knows notes, and who wrote them.
import { McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { z } from "zod";

serveStdio(() => {
  const server = new McpServer({ name: "notes", version: "1.0.0" });
  server.registerTool(
    "find_notes",
    { description: "Find notes by a word in them.", inputSchema: z.object({ word: z.string() }) },
    ({ word }) => {
      const notes = [{ author: "jane.doe@example.com", text: `Buy bread, said ${word}` }];
      return { content: [{ type: "text", text: JSON.stringify({ notes }) }], structuredContent: { notes } };
    },
  );
  return server;
});
