import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import type { TestContext } from "node:test";
import type { McpHttpHandler } from "@modelcontextprotocol/server";

/**
 * A server of the second official SDK on a free loopback port; it ends with the test.
 * @param note gets each request as text: its method, its target, its headers and its body, a line each
 */
export async function mcpModernServer(
  test: Pick<TestContext, "after">,
  handler: McpHttpHandler,
  note: (request: string) => void = () => {},
): Promise<{ readonly url: string }> {
  const http = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    note([request.method, request.url, ...request.rawHeaders, body.toString()].join("\n"));
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const url = `http://127.0.0.1${request.url}`;
    const answer = await handler.fetch(new Request(url, { method: "POST", headers, body }));
    response.writeHead(answer.status, [...answer.headers].flat());
    response.flushHeaders();
    if (answer.body === null) response.end();
    else
      Readable.fromWeb(answer.body)
        .on("error", () => response.destroy())
        .pipe(response);
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  test.after(async () => {
    await handler.close();
    http.closeAllConnections();
    http.close();
  });
  const { port } = http.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}` };
}
