export type { ErrorOutput } from "../mcp/child-stderr.ts";
export type { ServerExit, ServerProcess } from "../ports/server-process.ts";
export { type SpawnOptions, spawnServer } from "../providers/processes/spawn-server.ts";
export { filterMcp, type McpPipes, wrapMcpServer } from "../runtime/start-mcp.ts";
