import { GoogleGenAI } from "@google/genai";

const client = new GoogleGenAI({ httpOptions: { baseUrl: process.env.HAECHI_URL ?? "" } });

const stream = await client.models.generateContentStream({
  model: "gemini-3-flash",
  contents: process.argv[2] ?? "Hello",
});
for await (const { text } of stream) process.stdout.write(text ?? "");
