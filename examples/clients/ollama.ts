import { Ollama } from "ollama";

const client = new Ollama({ host: process.env.HAECHI_URL ?? "" });

const stream = await client.chat({
  model: "llama4",
  messages: [{ role: "user", content: process.argv[2] ?? "Hello" }],
  stream: true,
});
for await (const { message } of stream) process.stdout.write(message.content);
