import { ChatOpenAI } from "@langchain/openai";

const model = new ChatOpenAI({ model: "gpt-5", configuration: { baseURL: `${process.env.HAECHI_URL}/v1` } });

for await (const { text } of await model.stream(process.argv[2] ?? "Hello")) process.stdout.write(text);
