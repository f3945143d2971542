import { canonicalJson } from "../../core/crypto/canonical-json.ts";
import type { Anchor } from "../../ports/checkpoint-sink.ts";

/** The line of an anchor, without its newline. */
export function formatAnchor({ segment, sequence, eventHash, timestamp }: Anchor): string {
  return canonicalJson({ eventHash, segment, sequence, timestamp });
}
