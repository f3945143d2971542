import type { ExternalDetector, ExternalSpan } from "../../ports/external-detector.ts";
import { unitsFromCodePoints } from "./code-points.ts";
import { postJson, type ServiceAddress } from "./post-json.ts";

export interface HttpSpanDetectorOptions extends ServiceAddress {
  readonly id: string;
}

/**
 * Asks a service of one's own: `POST {"texts": ["…"], "direction": "request"}` is
 * answered with `{"findings": [[{"type", "start", "end", "confidence"}]]}`, a list for
 * each text, offsets in Unicode code points.
 */
export function createHttpSpanDetector({ id, ...address }: HttpSpanDetectorOptions): ExternalDetector {
  return {
    id,
    async detect(texts, { direction, signal }) {
      const answer = await postJson(address, { texts, direction }, signal);
      const findings = isRecord(answer) ? answer.findings : undefined;
      if (!Array.isArray(findings) || findings.length !== texts.length) {
        throw new Error("the service answered without a list of findings for each text");
      }
      return findings.map((spans: unknown, index) => readSpans(spans, texts[index]!));
    },
  };
}

function readSpans(spans: unknown, text: string): readonly ExternalSpan[] {
  if (!Array.isArray(spans)) throw new Error("the service answered without a list of findings for each text");
  const unitOf = unitsFromCodePoints(text);
  return spans.map((span: unknown) => {
    const { type, start, end, confidence = 1 } = isRecord(span) ? span : {};
    const from = typeof start === "number" ? unitOf(start) : null;
    const to = typeof end === "number" ? unitOf(end) : null;
    if (typeof type !== "string" || typeof confidence !== "number" || from === null || to === null) {
      throw new Error("the service answered with a finding without type, start, end or confidence");
    }
    return { type, start: from, end: to, confidence };
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
