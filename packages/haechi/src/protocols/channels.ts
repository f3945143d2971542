import { pathOf } from "./fields.ts";
import type { ChannelPattern } from "./protocol.ts";

/** A text that grows at a place, written as `choices.*.text`. */
export function growing(
  content: ChannelPattern["content"],
  written: string,
  where: Pick<ChannelPattern, "events" | "by" | "continues"> = {},
): ChannelPattern {
  return { path: pathOf(written), content, ...where };
}
