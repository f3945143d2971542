import { createOpenAI } from "@ai-sdk/openai";
import { streamText } from "ai";

const openai = createOpenAI({ baseURL: `${process.env.HAECHI_URL}/v1` });

const { textStream } = streamText({ model: openai("gpt-5"), prompt: process.argv[2] ?? "Hello" });
for await (const text of textStream) process.stdout.write(text);
