import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";

/** What a server says that it has; read anew for each request. */
export interface Offer {
  readonly instructions?: string;
  readonly tools: readonly Named[];
  readonly prompts: readonly Named[];
  readonly resources: readonly (Named & { readonly uri: string })[];
  readonly resourceTemplates: readonly (Named & { readonly uriTemplate: string })[];
  readonly pageSize?: number;
}

interface Named {
  readonly name: string;
  readonly description?: string;
}

export const OFFER: Offer = {
  instructions: "Add before you look.",
  tools: [tool("add", "Adds"), tool("look", "Looks"), tool("announce", "Says that its list has changed")],
  prompts: [
    { name: "greet", description: "Greets" },
    { name: "part", description: "Parts" },
  ],
  resources: [{ uri: "note:///1", name: "first", description: "A note" }],
  resourceTemplates: [{ uriTemplate: "note:///{id}", name: "any", description: "Any note" }],
};

export function tool(name: string, description: string) {
  return { name, description, inputSchema: { type: "object" as const } };
}

/** A server of the first official SDK that offers what `read` says, and answers with names. */
export function offeringServer(read: () => Offer): Server {
  const { instructions } = read();
  const server = new Server(
    { name: "offers", version: "1" },
    {
      capabilities: { tools: { listChanged: true }, prompts: {}, resources: {} },
      ...(instructions === undefined ? {} : { instructions }),
    },
  );
  // Pages as the offer has them.
  const page = <Kind extends "tools" | "prompts" | "resources" | "resourceTemplates">(kind: Kind, cursor = "0") => {
    const { [kind]: all, pageSize = 100 } = read();
    const end = Number(cursor) + pageSize;
    const next = end < all.length ? { nextCursor: String(end) } : {};
    return { [kind]: all.slice(Number(cursor), end), ...next } as never;
  };
  server.setRequestHandler(ListToolsRequestSchema, ({ params }) => page("tools", params?.cursor));
  server.setRequestHandler(ListPromptsRequestSchema, ({ params }) => page("prompts", params?.cursor));
  server.setRequestHandler(ListResourcesRequestSchema, ({ params }) => page("resources", params?.cursor));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, ({ params }) =>
    page("resourceTemplates", params?.cursor),
  );
  server.setRequestHandler(GetPromptRequestSchema, ({ params }) => ({
    messages: [{ role: "user", content: { type: "text", text: params.name } }],
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    if (params.name === "announce") await server.sendToolListChanged();
    return { content: [{ type: "text", text: params.name }] };
  });
  return server;
}
