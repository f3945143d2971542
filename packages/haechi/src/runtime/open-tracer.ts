import type { Config } from "../config/schema.ts";
import { HaechiError } from "../core/errors.ts";
import type { Logger } from "../ports/logger.ts";
import type { Metrics } from "../ports/metrics.ts";
import type { Random } from "../ports/random.ts";
import type { Tracer } from "../ports/tracer.ts";
import { PACKAGE_VERSION } from "./version.ts";

interface Equipment {
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly random: Random;
}

/**
 * What traces exchanges; null where they are not traced. Only then is the library for it loaded.
 * @throws HaechiError CONFIG_INVALID where its headers are not in the environment
 */
export async function openTracer({ telemetry }: Config, equipment: Equipment): Promise<Tracer | null> {
  const { enabled, endpoint, headersEnv, serviceName, sampleRatio } = telemetry.traces;
  if (!enabled) return null;
  const headers = headersEnv === undefined ? {} : headersIn(process.env[headersEnv]);
  const { createOtlpTracer } = await import("../providers/observability/otlp-tracer.ts");
  return createOtlpTracer({
    ...equipment,
    endpoint,
    headers: () => headers,
    serviceName,
    serviceVersion: PACKAGE_VERSION,
    sampleRatio,
  });
}

/** Of the form of OTEL_EXPORTER_OTLP_HEADERS. */
function headersIn(text: string | undefined): Record<string, string> {
  const pairs = (text ?? "").split(",").map((pair) => /^\s*([!#$%&'*+.^_`|~\w-]+)\s*=(.*)$/.exec(pair));
  const headers = pairs.map((pair) => [pair?.[1], decoded(pair?.[2])]);
  // RFC 9110 §5.5: nothing that would begin another header.
  if (
    headers.every(([name, value]) => name !== undefined && value !== undefined && /^[!-~](?:[ -~]*[!-~])?$/.test(value))
  )
    return Object.fromEntries(headers);
  throw new HaechiError(
    "CONFIG_INVALID",
    "telemetry.traces.headersEnv names an environment variable that does not hold name=value,name=value",
  );
}

function decoded(value: string | undefined): string | undefined {
  try {
    return value === undefined ? undefined : decodeURIComponent(value.trim());
  } catch {
    return undefined;
  }
}
