import { Client as ModernClient, type Transport as ModernTransport } from "@modelcontextprotocol/client";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
} from "@modelcontextprotocol/sdk/types.js";

const ADDED_LATER = [
  "get-roots-list",
  "trigger-elicitation-request",
  "trigger-sampling-request",
  "simulate-research-query",
];

/** What a client sees of everything that the server offers, in the order of its calls. */
export async function tour(transport: Transport): Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  const client = new Client(
    { name: "tour", version: "1" },
    { capabilities: { sampling: {}, elicitation: { form: {} }, roots: { listChanged: true } } },
  );
  client.setRequestHandler(CreateMessageRequestSchema, ({ params }) => {
    seen.push(["asked to sample", params]);
    return { model: "none", role: "assistant", content: { type: "text", text: "as you like it" } };
  });
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
    seen.push(["asked the user", params]);
    return {
      action: "accept",
      content: { name: "R. Ose", check: true, integer: 7, untitledSingleSelectEnum: "Option 1" },
    };
  });
  client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: "file:///srv/notes", name: "notes" }] }));
  client.setNotificationHandler(LoggingMessageNotificationSchema, () => {});
  await client.connect(transport);
  const note = async (what: string, doing: Promise<unknown>) => {
    const told = await doing.catch((error: Error & { code?: number }) => ({
      code: error.code,
      message: error.message,
    }));
    seen.push([what, withoutTimes(told)]);
  };
  seen.push(client.getServerVersion(), client.getServerCapabilities(), client.getInstructions());
  await note("ping", client.ping());
  // The server adds tools one by one once it knows its client, some of them when it has its roots.
  let { tools } = await client.listTools();
  while (!ADDED_LATER.every((name) => tools.some((tool) => tool.name === name))) ({ tools } = await client.listTools());
  seen.push(tools.toSorted((a, b) => a.name.localeCompare(b.name)));
  const calls: readonly [name: string, args: Record<string, unknown>][] = [
    ["echo", { message: 'a ü 漢 \u2028 \\ " line\nline' }],
    ["get-annotated-message", { messageType: "error", includeImage: true }],
    ["get-resource-links", { count: 3 }],
    ["get-resource-reference", { resourceType: "Text", resourceId: 1 }],
    ["get-resource-reference", { resourceType: "Blob", resourceId: 2 }],
    ["get-structured-content", { location: "Chicago" }],
    ["get-sum", { a: 1.5, b: 2 }],
    ["get-tiny-image", {}],
    ["gzip-file-as-resource", { name: "a.gz", data: "data:text/plain;base64,aGVsbG8=", outputType: "resource" }],
    ["trigger-sampling-request", { prompt: "Say something", maxTokens: 10 }],
    ["trigger-elicitation-request", {}],
    ["get-roots-list", {}],
    ["no-such-tool", {}],
    ["echo", { message: 7 }],
  ];
  for (const [name, args] of calls) await note(name, client.callTool({ name, arguments: args }));
  const progress: unknown[] = [];
  await note(
    "progress",
    client.callTool({ name: "trigger-long-running-operation", arguments: { duration: 0.1, steps: 2 } }, undefined, {
      onprogress: (step) => void progress.push(step),
    }),
  );
  // This SDK forgets a step that it reads together with the answer.
  seen.push(progress[0]);
  const { prompts } = await client.listPrompts();
  seen.push(prompts);
  await note("prompt", client.getPrompt({ name: "simple-prompt" }));
  await note("prompt", client.getPrompt({ name: "args-prompt", arguments: { city: "Paris", state: "Texas" } }));
  await note(
    "prompt",
    client.getPrompt({ name: "resource-prompt", arguments: { resourceType: "Text", resourceId: "1" } }),
  );
  const { resources } = await client.listResources();
  seen.push(resources, await client.listResourceTemplates());
  for (const { uri } of resources) await note("resource", client.readResource({ uri }));
  for (const kind of ["text", "blob"]) {
    await note("resource", client.readResource({ uri: `demo://resource/dynamic/${kind}/3` }));
  }
  await note("resource", client.readResource({ uri: "demo://nowhere" }));
  await note("subscribe", client.subscribeResource({ uri: resources[0]!.uri }));
  await note("unsubscribe", client.unsubscribeResource({ uri: resources[0]!.uri }));
  const ref = { type: "ref/prompt", name: "completable-prompt" } as const;
  await note("complete", client.complete({ ref, argument: { name: "department", value: "E" } }));
  await note("level", client.setLoggingLevel("debug"));
  await client.close();
  return seen;
}

/** The same for the second SDK, shorter. */
export async function modernTour(transport: ModernTransport): Promise<readonly unknown[]> {
  const client = new ModernClient({ name: "tour", version: "2" }, { versionNegotiation: { mode: "auto" } });
  await client.connect(transport);
  const seen = [
    client.getServerVersion(),
    await client.listTools(),
    await client.callTool({ name: "get-sum", arguments: { a: 1, b: 2 } }),
    await client.readResource({ uri: "demo://resource/static/document/features.md" }),
    await client.getPrompt({ name: "simple-prompt" }),
  ];
  await client.close();
  return seen;
}

/** The server writes the time of day into what it makes up. */
function withoutTimes(value: unknown): unknown {
  if (typeof value === "string") {
    const text = value.replaceAll(/\d{1,2}:\d{2}:\d{2}( [AP]M)?/g, "<time>");
    const decoded = Buffer.from(value, "base64").toString();
    return /^[A-Za-z0-9+/]+=*$/.test(value) && /\d:\d{2}:\d{2}/.test(decoded) ? withoutTimes(decoded) : text;
  }
  if (Array.isArray(value)) return value.map(withoutTimes);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutTimes(inner)]));
}
