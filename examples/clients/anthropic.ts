import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({ baseURL: process.env.HAECHI_URL ?? null });

const stream = client.messages.stream({
  model: "claude-sonnet-5",
  max_tokens: 1024,
  messages: [{ role: "user", content: process.argv[2] ?? "Hello" }],
});
process.stdout.write(await stream.finalText());
