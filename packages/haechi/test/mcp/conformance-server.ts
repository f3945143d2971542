import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  CreateMessageResultSchema,
  type ElicitRequestFormParams,
  ElicitResultSchema,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  ReadResourceRequestSchema,
  SetLevelRequestSchema,
  SubscribeRequestSchema,
  UnsubscribeRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";

const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";
const WAV = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=";
const text = (said: string) => ({ type: "text" as const, text: said });
const image = { type: "image" as const, data: PNG, mimeType: "image/png" };

/** What each tool that the conformance suite names returns. */
const CONTENTS = {
  test_simple_text: [text("This is a simple text response for testing.")],
  test_image_content: [image],
  test_audio_content: [{ type: "audio" as const, data: WAV, mimeType: "audio/wav" }],
  test_embedded_resource: [
    {
      type: "resource" as const,
      resource: {
        uri: "test://embedded-resource",
        mimeType: "text/plain",
        text: "This is an embedded resource content.",
      },
    },
  ],
  test_multiple_content_types: [
    text("Multiple content types test:"),
    image,
    {
      type: "resource" as const,
      resource: {
        uri: "test://mixed-content-resource",
        mimeType: "application/json",
        text: '{"test":"data","value":123}',
      },
    },
  ],
  test_reconnection: [text("Reconnection test completed successfully")],
  json_schema_2020_12_tool: [text("done")],
};

const ASKED: Readonly<Record<string, ElicitRequestFormParams["requestedSchema"]>> = {
  test_elicitation: {
    type: "object",
    properties: {
      username: { type: "string", description: "User's response" },
      email: { type: "string", description: "User's email address" },
    },
    required: ["username", "email"],
  },
  test_elicitation_sep1034_defaults: {
    type: "object",
    properties: {
      name: { type: "string", default: "John Doe" },
      age: { type: "integer", default: 30 },
      score: { type: "number", default: 95.5 },
      status: { type: "string", enum: ["active", "inactive", "pending"], default: "active" },
      verified: { type: "boolean", default: true },
    },
  },
  test_elicitation_sep1330_enums: {
    type: "object",
    properties: {
      untitledSingle: { type: "string", enum: ["option1", "option2", "option3"] },
      titledSingle: {
        type: "string",
        oneOf: [1, 2, 3].map((n) => ({ const: `value${n}`, title: `Option ${n}` })),
      },
      legacyEnum: {
        type: "string",
        enum: ["opt1", "opt2", "opt3"],
        enumNames: ["Option One", "Option Two", "Option Three"],
      },
      untitledMulti: { type: "array", items: { type: "string", enum: ["option1", "option2", "option3"] } },
      titledMulti: {
        type: "array",
        items: { anyOf: [1, 2, 3].map((n) => ({ const: `value${n}`, title: `Choice ${n}` })) },
      },
    },
  },
};

const STEPS = {
  test_tool_with_logging: ["Tool execution started", "Tool processing data", "Tool execution completed"],
  test_tool_with_progress: [0, 50, 100],
};

/** A server with everything that the conformance suite looks for. */
export function conformanceServer(): Server {
  const server = new Server(
    { name: "conformance-server", version: "1" },
    { capabilities: { tools: {}, prompts: {}, resources: { subscribe: true }, logging: {}, completions: {} } },
  );
  const names = [
    ...Object.keys(CONTENTS),
    ...Object.keys(ASKED),
    ...Object.keys(STEPS),
    "test_error_handling",
    "test_sampling",
  ];
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: names.map((name) => ({
      name,
      description: `The tool ${name}`,
      inputSchema: name === "json_schema_2020_12_tool" ? SCHEMA_2020_12 : { type: "object" as const },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, extra) => {
    const { name, arguments: given = {} } = params;
    if (name === "test_reconnection") extra.closeSSEStream?.();
    if (name in CONTENTS) return { content: CONTENTS[name as keyof typeof CONTENTS] }; // it is a key of it
    const requestedSchema = ASKED[name];
    if (requestedSchema !== undefined) {
      const message = String(given.message ?? "Please answer");
      const { action, content } = await extra.sendRequest(
        { method: "elicitation/create", params: { mode: "form", message, requestedSchema } },
        ElicitResultSchema,
      );
      return { content: [text(`Elicitation completed: action=${action}, content=${JSON.stringify(content)}`)] };
    }
    switch (name) {
      case "test_error_handling":
        return { isError: true, content: [text("This tool intentionally returns an error for testing")] };
      case "test_sampling": {
        const messages = [{ role: "user" as const, content: text(String(given.prompt)) }];
        const { content } = await extra.sendRequest(
          { method: "sampling/createMessage", params: { messages, maxTokens: 100 } },
          CreateMessageResultSchema,
        );
        return { content: [text(`LLM response: ${JSON.stringify(content)}`)] };
      }
      case "test_tool_with_logging":
        for (const data of STEPS[name]) {
          await extra.sendNotification({ method: "notifications/message", params: { level: "info", data } });
        }
        return { content: [text("logged")] };
      case "test_tool_with_progress": {
        const progressToken = extra._meta?.progressToken;
        for (const progress of progressToken === undefined ? [] : STEPS[name]) {
          await extra.sendNotification({
            method: "notifications/progress",
            params: { progressToken: progressToken!, progress, total: 100 },
          });
        }
        return { content: [text("progressed")] };
      }
      default:
        throw new Error(`Unknown tool: ${name}`);
    }
  });

  const resources = ["test://static-text", "test://static-binary", "test://watched-resource"];
  server.setRequestHandler(ListResourcesRequestSchema, () => ({
    resources: resources.map((uri) => ({ uri, name: uri, description: "A resource", mimeType: "text/plain" })),
  }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: [{ uriTemplate: "test://template/{id}/data", name: "template", description: "A template" }],
  }));
  server.setRequestHandler(ReadResourceRequestSchema, ({ params: { uri } }) => {
    if (uri === "test://static-binary") return { contents: [{ uri, mimeType: "image/png", blob: PNG }] };
    const [, id] = /^test:\/\/template\/(.+)\/data$/.exec(uri) ?? [];
    const said =
      id === undefined
        ? "This is the content of the static text resource."
        : JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` });
    return { contents: [{ uri, mimeType: id === undefined ? "text/plain" : "application/json", text: said }] };
  });
  server.setRequestHandler(SubscribeRequestSchema, () => ({}));
  server.setRequestHandler(UnsubscribeRequestSchema, () => ({}));
  server.setRequestHandler(SetLevelRequestSchema, () => ({}));
  server.setRequestHandler(CompleteRequestSchema, () => ({
    completion: { values: ["paris", "park", "party"], hasMore: false },
  }));

  server.setRequestHandler(ListPromptsRequestSchema, () => ({
    prompts: Object.entries(PROMPTS).map(([name, args]) => ({
      name,
      description: `The prompt ${name}`,
      arguments: args.map((argument) => ({ name: argument, description: "An argument", required: true })),
    })),
  }));
  server.setRequestHandler(GetPromptRequestSchema, ({ params: { name, arguments: given = {} } }) => {
    const says = (...contents: readonly object[]) => ({
      messages: contents.map((content) => ({ role: "user" as const, content: content as ReturnType<typeof text> })),
    });
    switch (name) {
      case "test_simple_prompt":
        return says(text("This is a simple prompt for testing."));
      case "test_prompt_with_arguments":
        return says(text(`Prompt with arguments: arg1='${given.arg1}', arg2='${given.arg2}'`));
      case "test_prompt_with_embedded_resource": {
        const resource = {
          uri: given.resourceUri,
          mimeType: "text/plain",
          text: "Embedded resource content for testing.",
        };
        return says({ type: "resource", resource }, text("Please process the embedded resource above."));
      }
      default:
        return says(image, text("Please analyze the image above."));
    }
  });
  return server;
}

const PROMPTS = {
  test_simple_prompt: [],
  test_prompt_with_arguments: ["arg1", "arg2"],
  test_prompt_with_embedded_resource: ["resourceUri"],
  test_prompt_with_image: [],
} satisfies Record<string, readonly string[]>;

const SCHEMA_2020_12 = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object" as const,
  $defs: { address: { type: "object", properties: { street: { type: "string" }, city: { type: "string" } } } },
  properties: { name: { type: "string" }, address: { $ref: "#/$defs/address" } },
  additionalProperties: false,
};
