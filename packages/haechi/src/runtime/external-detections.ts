import type { Config } from "../config/schema.ts";
import { HaechiError } from "../core/errors.ts";
import type { ExternalDetection } from "../engine/find/external-detection.ts";
import type { ExternalDetector } from "../ports/external-detector.ts";
import { createHttpSpanDetector } from "../providers/detection/http-span-detector.ts";
import { createPresidioDetector } from "../providers/detection/presidio-detector.ts";
import type { Providers } from "./providers.ts";

type Configured = Config["filters"]["externalDetectors"][number];

/**
 * The external detectors of the configuration and those that were handed in.
 * @throws HaechiError CONFIG_INVALID when a token's environment variable is not set
 */
export function externalDetections({ filters }: Config, providers: Providers): readonly ExternalDetection[] {
  const handedIn = (providers.detectors ?? []).map((detector) => ({ detector, ...FOR_HANDED_IN }));
  const configured = filters.externalDetectors.map((entry, index) => ({
    detector: createDetector(entry, index),
    directions: new Set(entry.directions),
    timeoutMs: entry.timeoutMs,
    onFailure: entry.onFailure,
  }));
  return [...configured, ...handedIn];
}

const FOR_HANDED_IN = { directions: new Set(["request"] as const), timeoutMs: 2_000, onFailure: "block" } as const;

function createDetector(entry: Configured, index: number): ExternalDetector {
  const { kind, id, url, language, minConfidence, entities } = entry;
  const token = tokenOf(entry, index);
  switch (kind) {
    case "presidio":
      return createPresidioDetector({ id, url, token, language, minConfidence, entities });
    case "http":
      return createHttpSpanDetector({ id, url, token });
    default:
      return kind satisfies never;
  }
}

function tokenOf({ tokenEnv }: Configured, index: number): string | undefined {
  if (tokenEnv === undefined) return undefined;
  const token = process.env[tokenEnv];
  if (token !== undefined && token !== "") return token;
  throw new HaechiError(
    "CONFIG_INVALID",
    `filters.externalDetectors[${index}].tokenEnv names an environment variable that is not set`,
  );
}
