import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";

/** A witness of https://c2sp.org/tlog-witness that keeps what it is told and signs all of it, with a made-up signature. */
export async function recordingWitness(
  test: Pick<TestContext, "after">,
): Promise<{ readonly url: string; readonly told: readonly string[] }> {
  const told: string[] = [];
  const server = createServer(async (request, response) => {
    let text = `${request.url}\n${request.rawHeaders.join("\n")}\n`;
    for await (const piece of request) text += piece;
    told.push(text);
    response.end(`\u2014 witness.example/w1 ${Buffer.alloc(76, 1).toString("base64")}\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  test.after(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/w/`, told };
}
