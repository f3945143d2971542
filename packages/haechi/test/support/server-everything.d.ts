// The reference server declares no types.
declare module "@modelcontextprotocol/server-everything/dist/server/index.js" {
  export function createServer(): { readonly server: import("@modelcontextprotocol/sdk/server/mcp.js").McpServer };
}
