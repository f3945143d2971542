// Answers its first request with one line of as many megabytes as its command line says, its id last.
import { createInterface } from "node:readline";

const piece = "x".repeat(1024 * 1024);
const write = async (text: string) => {
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once("drain", resolve));
};
for await (const line of createInterface({ input: process.stdin })) {
  const { id } = JSON.parse(line);
  await write('{"jsonrpc":"2.0","result":{"text":"');
  for (let count = 0; count < Number(process.argv[2]); count++) await write(piece);
  await write(`"},"id":${id}}\n`);
}
