import {
  type Attributes,
  type Context,
  ROOT_CONTEXT,
  type Tracer as SdkTracer,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace as traceApi,
} from "@opentelemetry/api";
import { parseTraceParent } from "@opentelemetry/core";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  type IdGenerator,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { Random } from "../../ports/random.ts";
import type { Trace, TraceAttribute, TraceAttributes, Tracer, TraceSpan, TraceStep } from "../../ports/tracer.ts";
import { type BoundedExportOptions, createBoundedExport } from "./bounded-export.ts";

export interface OtlpTracerOptions extends BoundedExportOptions {
  readonly serviceName: string;
  readonly serviceVersion: string;
  /** Share of the traces that begin here; those of a client are kept or left out with the client's own. */
  readonly sampleRatio: number;
  readonly random: Random;
}

/** Traces for a collector of OpenTelemetry. Nothing that happens to them is of any consequence for an exchange. */
export function createOtlpTracer(options: OtlpTracerOptions): Tracer {
  const { serviceName, serviceVersion, sampleRatio, random } = options;
  const provider = new TracerProvider({
    // Said in full, so that nothing is taken from the environment, the machine or the command line.
    resource: resourceFromAttributes({
      "service.name": serviceName,
      "service.version": serviceVersion,
      "service.instance.id": random.uuid(),
    }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
    idGenerator: idsFrom(random),
    spanProcessors: [createBoundedExport(options)],
  });
  const tracer = provider.getTracer("haechi", serviceVersion);
  let closed: Promise<void> | null = null;
  return {
    begin(name, parent, attributes) {
      const context = parent === null ? ROOT_CONTEXT : remoteContext(parent);
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER }, context);
      if (!span.isRecording()) return leftOut(span);
      span.setAttributes(clean(attributes));
      return openTrace(span, tracer);
    },
    close() {
      closed ??= shutDown(provider);
      return closed;
    },
  };
}

async function shutDown(provider: TracerProvider): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const given = new Promise((resolve) => {
    timer = setTimeout(resolve, FLUSH_MS);
  });
  await Promise.race([provider.shutdown().catch(() => {}), given]);
  clearTimeout(timer);
}

/** A collector that does not answer is no reason for a gateway not to end. */
const FLUSH_MS = 2000;

function openTrace(span: Span, tracer: SdkTracer): Trace {
  const context = traceApi.setSpan(ROOT_CONTEXT, span);
  const open = new Set<TraceSpan>();
  return {
    ...spanOf(span, () => {
      for (const step of open) step.end();
    }),
    step(name, attributes = {}) {
      const options = { kind: KIND_OF[name], attributes: clean(attributes) };
      const step = spanOf(tracer.startSpan(name, options, context), () => open.delete(step));
      open.add(step);
      return step;
    },
  };
}

/** A trace that nobody sees costs its ids, which the upstream may still be told. */
function leftOut(span: Span): Trace {
  const nothing: TraceSpan = { traceparent: traceparentOf(span), end() {} };
  return { ...nothing, step: () => nothing };
}

const KIND_OF: Readonly<Record<TraceStep, SpanKind>> = {
  inspect: SpanKind.INTERNAL,
  record: SpanKind.INTERNAL,
  upstream: SpanKind.CLIENT,
};

function spanOf(span: Span, onEnd: () => void): TraceSpan {
  let isOver = false;
  return {
    traceparent: traceparentOf(span),
    end(attributes = {}) {
      if (isOver) return;
      isOver = true;
      onEnd();
      span.setAttributes(clean(attributes));
      if (attributes["error.type"] !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED) === 0 ? "00" : "01"}`;
}

function remoteContext(traceparent: string): Context {
  const parent = parseTraceParent(traceparent);
  // What `tracestate` holds is for others and goes no further.
  return parent === null ? ROOT_CONTEXT : traceApi.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
}

function idsFrom(random: Random): IdGenerator {
  const hex = (bytes: number) => Buffer.from(random.bytes(bytes)).toString("hex");
  return { generateTraceId: () => hex(16), generateSpanId: () => hex(8) };
}

/** Only what the table names, with values that cannot carry text from outside. */
function clean(attributes: TraceAttributes): Attributes {
  const written: Attributes = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (!NAMES.has(name)) continue;
    written[name] = typeof value === "string" && !PLAIN.test(value) ? "_OTHER" : value;
  }
  return written;
}

const PLAIN = /^[A-Za-z0-9_.:/{}*-]{1,100}$/;

const ALL_NAMES: Readonly<Record<TraceAttribute, true>> = {
  "error.type": true,
  "gen_ai.operation.name": true,
  "gen_ai.provider.name": true,
  "haechi.blocked": true,
  "haechi.decision": true,
  "haechi.direction": true,
  "haechi.exchange.id": true,
  "haechi.findings": true,
  "haechi.mode": true,
  "haechi.route": true,
  "haechi.upstream": true,
  "haechi.upstream.time_to_headers": true,
  "http.request.body.size": true,
  "http.request.method": true,
  "http.response.body.size": true,
  "http.response.status_code": true,
  "http.route": true,
  "network.protocol.version": true,
  "url.scheme": true,
};

const NAMES: ReadonlySet<string> = new Set(Object.keys(ALL_NAMES));
