// Offers what stands in a file, on standard input and output.
import { readFileSync } from "node:fs";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { type Offer, offeringServer } from "../offering-server.ts";

const [file] = process.argv.slice(2);
const read = (): Offer => JSON.parse(readFileSync(file!, "utf8"));
await offeringServer(read).connect(new StdioServerTransport());
