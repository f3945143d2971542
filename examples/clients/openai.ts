import OpenAI from "openai";

const client = new OpenAI({ baseURL: `${process.env.HAECHI_URL}/v1` });

const stream = await client.chat.completions.create({
  model: "gpt-5",
  messages: [{ role: "user", content: process.argv[2] ?? "Hello" }],
  stream: true,
});
for await (const { choices } of stream) process.stdout.write(choices[0]?.delta.content ?? "");
