import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";

/** A span as OTLP writes it in JSON, attributes by name. */
export interface RecordedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** 1 internal, 2 server, 3 client. */
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code?: number };
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
}

export interface RecordingCollector {
  readonly endpoint: string;
  readonly spans: readonly RecordedSpan[];
  /** All that came, headers too, as one text. */
  everything(): string;
}

/** A collector of OpenTelemetry that keeps what it is sent. */
export async function recordingCollector(
  test: Pick<TestContext, "after">,
  answer: (response: ServerResponse) => void = (response) => void response.end("{}"),
): Promise<RecordingCollector> {
  const received: string[] = [];
  const spans: RecordedSpan[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString("utf8");
    received.push([request.method, request.url, ...request.rawHeaders, body].join("\n"));
    spans.push(...spansIn(JSON.parse(body)));
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  test.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}/v1/traces`, spans, everything: () => received.join("\n") };
}

interface OtlpAttribute {
  readonly key: string;
  readonly value: Readonly<Record<string, string | number | boolean>>;
}

interface OtlpSpan extends Omit<RecordedSpan, "attributes"> {
  readonly attributes: readonly OtlpAttribute[];
}

interface OtlpRequest {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[] }[];
}

function spansIn({ resourceSpans }: OtlpRequest): RecordedSpan[] {
  return resourceSpans
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
    .map((span) => ({
      ...span,
      attributes: Object.fromEntries(span.attributes.map(({ key, value }) => [key, Object.values(value)[0]!])),
    }));
}
