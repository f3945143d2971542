import OpenAI from "openai";

const client = new OpenAI({ baseURL: `${process.env.HAECHI_URL}/v1` });

const response = await client.responses.create({ model: "gpt-5", input: process.argv[2] ?? "Hello" });
process.stdout.write(response.output_text);
