// A server that tells canaries, and writes down what it is told, into the file that its command line names.
import { appendFileSync } from "node:fs";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { canaryServer } from "../canary-handlers.ts";
import { canaryAt } from "../canary-places.ts";

const toldFile = process.argv[2]!;
process.stdin.on("data", (chunk: Buffer) => appendFileSync(toldFile, chunk));

await canaryServer().connect(new StdioServerTransport());
process.stderr.write(`listening for ${canaryAt("server.stderr")}\n`);
