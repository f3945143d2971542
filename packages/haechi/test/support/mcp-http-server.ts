import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js";
import { type EventStore, StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";

/** A server of MCP over HTTP, of the first official SDK, which notes what it is told. */
export interface McpHttpServer {
  readonly url: string;
  /** Of every request: method, target, headers and body as one text. */
  told(): string;
}

export interface McpHttpServerOptions {
  /** Called for each session. */
  readonly connect: (transport: Transport) => Promise<unknown>;
  /** Sees each response before anything is written to it. */
  readonly onResponse?: (response: ServerResponse, request: IncomingMessage) => void;
}

/** Serves `/mcp` as Streamable HTTP, and `/sse` and `/message` as the transport before it, until the test is over. */
export async function mcpHttpServer(
  test: Pick<TestContext, "after">,
  { connect, onResponse = () => {} }: McpHttpServerOptions,
): Promise<McpHttpServer> {
  const told: string[] = [];
  const streamable = new Map<string, StreamableHTTPServerTransport>();
  const older = new Map<string, SSEServerTransport>();

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    // As the SDK has it for servers of this machine: a page may have given its own name this address.
    if (!/^(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(request.headers.host ?? "")) {
      response.writeHead(403).end();
      return;
    }
    const body = Buffer.concat(await request.toArray()).toString();
    told.push([request.method, decodeURIComponent(request.url!), ...request.rawHeaders, body].join("\n"));
    onResponse(response, request);
    const { pathname, searchParams } = new URL(request.url!, "http://localhost");
    const parsed: unknown = body === "" ? undefined : JSON.parse(body);
    if (pathname === "/sse" && request.method !== "GET") {
      response.writeHead(405).end();
    } else if (pathname === "/sse") {
      const transport = new SSEServerTransport("/message", response);
      older.set(transport.sessionId, transport);
      await connect(transport);
    } else if (pathname === "/message") {
      await older.get(searchParams.get("sessionId") ?? "")!.handlePostMessage(request, response, parsed);
    } else {
      const id = request.headers["mcp-session-id"];
      const transport = streamable.get(String(id)) ?? (await begin());
      await transport.handleRequest(request, response, parsed);
    }
  };
  const begin = async () => {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: () => randomUUID(),
      eventStore: createEventStore(),
      retryInterval: 10,
      onsessioninitialized: (id) => void streamable.set(id, transport),
    });
    await connect(transport as Transport); // the SDK declares its own handlers as optional and undefined
    return transport;
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  test.after(async () => {
    for (const transport of [...streamable.values(), ...older.values()]) await transport.close();
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, told: () => told.join("\n\n") };
}

/** Keeps everything, in the order in which it came. */
function createEventStore(): EventStore {
  const events: { readonly id: string; readonly stream: string; readonly message: JSONRPCMessage }[] = [];
  return {
    async storeEvent(stream, message) {
      const id = randomUUID();
      events.push({ id, stream, message });
      return id;
    },
    async getStreamIdForEventId(id) {
      return events.find((event) => event.id === id)?.stream;
    },
    async replayEventsAfter(lastId, { send }) {
      const last = events.findIndex(({ id }) => id === lastId);
      const { stream } = events[last]!;
      for (const event of events.slice(last + 1)) {
        if (event.stream === stream && Object.keys(event.message).length > 0) await send(event.id, event.message);
      }
      return stream;
    },
  };
}
