import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { canaryAt } from "./canary-places.ts";

/** A session in which the client tells a canary wherever it can; everything that it got. */
export async function tellCanaries(transport: Transport): Promise<string> {
  const at = (place: string) => `see ${canaryAt(`client.${place}`)}.`;
  const received: string[] = [];
  const client = new Client(
    { name: "canary-client", version: "1", title: at("title") },
    {
      capabilities: {
        sampling: {},
        elicitation: { form: {} },
        roots: {},
        experimental: { "example.com/x": { note: at("capability") } },
      },
    },
  );
  client.setRequestHandler(ListRootsRequestSchema, () => ({
    roots: [{ uri: `file:///home/${canaryAt("client.root.uri")}`, name: at("root.name") }],
  }));
  client.setRequestHandler(CreateMessageRequestSchema, () => ({
    model: "none",
    role: "assistant",
    content: { type: "text", text: at("sampling") },
    _meta: { note: at("sampling.meta") },
  }));
  client.setRequestHandler(ElicitRequestSchema, () => ({ action: "accept", content: { mail: at("elicitation") } }));
  client.setNotificationHandler(LoggingMessageNotificationSchema, () => {});
  client.setNotificationHandler(ResourceUpdatedNotificationSchema, () => {});
  await client.connect(transport);
  const handle = transport.onmessage!;
  transport.onmessage = (message) => {
    received.push(JSON.stringify(message));
    handle(message);
  };
  received.push(JSON.stringify([client.getServerVersion(), client.getInstructions()]));
  const _meta = { "example.com/note": at("meta") };
  await client.listTools({ _meta });
  const args = {
    text: at("argument"),
    [at("argument.key")]: 1,
    nested: [{ deep: at("argument.deep") }],
    json: JSON.stringify({ inner: at("argument.json") }),
  };
  await client.callTool({ name: "every-content", arguments: args }, undefined, { onprogress: () => {} });
  await client.callTool({ name: "fails", arguments: {} }).catch(() => {});
  await client.listPrompts();
  await client.getPrompt({ name: "p", arguments: { a: at("prompt") } });
  await client.listResources();
  await client.listResourceTemplates();
  await client.readResource({ uri: `mail://example.com/${canaryAt("client.read.uri")}` });
  await client.subscribeResource({ uri: `mail://example.com/${canaryAt("client.subscribe.uri")}` }).catch(() => {});
  const ref = { type: "ref/resource", uri: `mail://example.com/${canaryAt("client.ref.uri")}` } as const;
  const context = { arguments: { before: at("complete.context") } };
  await client.complete({ ref, argument: { name: "a", value: at("complete.value") }, context });
  await client.notification({
    method: "notifications/cancelled",
    params: { requestId: 999, reason: at("cancel.reason") },
  });
  await client.notification({
    method: "notifications/progress",
    params: { progressToken: 1, progress: 1, message: at("progress") },
  });
  await client.ping();
  await client.close();
  return received.join("\n");
}
