import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { canaryAt } from "./canary-places.ts";

/** A server of the official SDK that tells a canary wherever the protocol has room for one. */
export function canaryServer(): Server {
  const server = new Server(
    {
      name: "canary-server",
      version: "1",
      title: at("title"),
      websiteUrl: `https://example.com/?q=${canaryAt("server.website")}`,
    },
    {
      capabilities: { tools: {}, prompts: {}, resources: { subscribe: true }, logging: {}, completions: {} },
      instructions: at("instructions"),
    },
  );

  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: [
      {
        name: "every-content",
        title: at("tool.title"),
        description: at("tool.description"),
        annotations: { title: at("tool.annotation") },
        inputSchema: {
          type: "object" as const,
          description: at("tool.schema"),
          properties: {
            a: {
              type: "string",
              description: at("tool.property"),
              default: at("tool.default"),
              enum: [at("tool.enum")],
            },
          },
        },
        _meta: meta("tool"),
      },
    ],
    _meta: meta("tools"),
  }));

  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    if (params.name === "fails") throw new McpError(-32050, at("error.message"), { deep: [at("error.data")] });
    await server.sendLoggingMessage({ level: "info", logger: "canary", data: { said: [at("log")] } });
    const progressToken = extra._meta?.progressToken;
    if (progressToken !== undefined) {
      const progress = { progressToken, progress: 1, total: 2, message: at("progress") };
      await extra.sendNotification({ method: "notifications/progress", params: progress });
    }
    await server.sendResourceUpdated({ uri: uri("updated") });
    await server.listRoots();
    await server.createMessage({
      systemPrompt: at("sampling.system"),
      messages: [{ role: "user", content: { type: "text", text: at("sampling.message") } }],
      maxTokens: 5,
      stopSequences: [at("sampling.stop")],
      metadata: { who: at("sampling.metadata") },
    });
    await server.elicitInput({
      message: at("elicitation.message"),
      requestedSchema: {
        type: "object",
        properties: {
          mail: { type: "string", title: at("elicitation.title"), description: at("elicitation.description") },
        },
      },
    });
    const structuredContent = {
      text: at("structured.text"),
      [at("structured.key")]: { list: [at("structured.list")] },
    };
    return {
      content: [
        { type: "text", text: at("text"), _meta: meta("text") },
        { type: "text", text: JSON.stringify({ twin: at("json") }) },
        { type: "resource_link", uri: uri("link"), name: at("link.name"), description: at("link.description") },
        { type: "resource", resource: { uri: uri("embedded"), text: at("embedded.text") } },
        { type: "resource", resource: { uri: "file:///b", blob: base64(at("embedded.blob")) } },
        { type: "audio", data: base64(at("audio")), mimeType: "text/plain" },
      ],
      structuredContent,
      _meta: meta("result"),
    };
  });

  server.setRequestHandler(ListPromptsRequestSchema, () => ({
    prompts: [
      {
        name: "p",
        description: at("prompt.description"),
        arguments: [{ name: "a", description: at("prompt.argument") }],
      },
    ],
  }));
  server.setRequestHandler(GetPromptRequestSchema, () => ({
    description: at("prompt.result"),
    messages: [
      { role: "user", content: { type: "text", text: at("prompt.text") } },
      {
        role: "assistant",
        content: { type: "resource", resource: { uri: uri("prompt"), text: at("prompt.resource") } },
      },
    ],
  }));
  server.setRequestHandler(ListResourcesRequestSchema, () => ({
    resources: [
      {
        uri: uri("resource"),
        name: at("resource.name"),
        title: at("resource.title"),
        description: at("resource.description"),
      },
    ],
  }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: [
      { uriTemplate: `${uri("template")}/{x}`, name: at("template.name"), description: at("template.description") },
    ],
  }));
  server.setRequestHandler(ReadResourceRequestSchema, () => ({
    contents: [
      { uri: uri("read"), text: at("read.text") },
      { uri: "file:///x", blob: base64(at("read.blob")) },
    ],
  }));
  server.setRequestHandler(CompleteRequestSchema, () => ({ completion: { values: [at("completion")] } }));
  return server;
}

const at = (place: string) => `see ${canaryAt(`server.${place}`)}.`;
const base64 = (text: string) => Buffer.from(text).toString("base64");
const meta = (place: string) => ({ "example.com/note": at(`${place}.meta`) });
const uri = (place: string) => `mail://example.com/${canaryAt(`server.${place}.uri`)}`;
