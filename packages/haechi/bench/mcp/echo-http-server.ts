// Answers every posted request with its own arguments, as a tool result, in JSON.
import { createServer } from "node:http";
import { answerBench, listenForBench } from "../gateway/child-side.ts";

answerBench(() => true);
listenForBench(
  createServer(async (request, response) => {
    const { id, params } = JSON.parse(Buffer.concat(await request.toArray()).toString());
    const content = [{ type: "text", text: JSON.stringify(params.arguments) }];
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", id, result: { content } }));
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body);
  }),
);
