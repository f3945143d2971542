// The bare pass-through that Haechi is held against: node:http in front, an undici
// Pool behind, both bodies piped, nothing looked at.
import { createServer, type IncomingHttpHeaders } from "node:http";
import { Pool } from "undici";
import { answerBench, listenForBench } from "./child-side.ts";

const upstream = new URL(process.argv[2]!);
const pool = new Pool(upstream.origin, { connections: 256 });

// RFC 9110 §7.6.1: these belong to one connection.
const PER_CONNECTION = ["connection", "keep-alive", "transfer-encoding"];

const server = createServer((request, response) => {
  const headers: IncomingHttpHeaders = { ...request.headers, host: upstream.host };
  for (const name of PER_CONNECTION) delete headers[name];
  pool
    .stream({ path: request.url!, method: request.method!, headers, body: request }, (answer) => {
      for (const name of PER_CONNECTION) delete answer.headers[name];
      return response.writeHead(answer.statusCode, answer.headers);
    })
    .catch(() => response.destroy());
});
answerBench(() => true);
listenForBench(server);
