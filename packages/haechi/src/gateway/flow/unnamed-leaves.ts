import type { PlaceRules } from "../../core/document/field-rules.ts";
import { STRING_LEAF } from "../../core/document/json-document.ts";
import { leafText } from "../../core/document/leaf.ts";
import { readMediaLeaf } from "../../core/document/media.ts";
import { placeOf } from "../../core/stream/leaf-place.ts";
import { elementIndexes, type ReadFrame } from "../../core/stream/stream-leaves.ts";
import { createUnnamedTexts } from "../../core/stream/unnamed-texts.ts";
import type { GrowingLeaf } from "../../engine/stream-piece.ts";
import type { FieldContent } from "../../protocols/protocol.ts";

/** What the strings of a frame are that no channel of its format names. */
export interface UnnamedLeavesOfFrame {
  /** Those that seem to continue a text that grows from frame to frame. */
  readonly growing: readonly GrowingLeaf[];
  /** Groups of texts that turned out not to grow. */
  readonly ended: readonly string[];
  /** Those that are other in each frame and continue nothing. */
  readonly padding: readonly number[];
}

export interface UnnamedLeaves {
  /** @param isUnknown the frame is of a type that the format does not know, so any string in it may begin to grow */
  read(frame: ReadFrame, named: readonly GrowingLeaf[], isUnknown: boolean): UnnamedLeavesOfFrame;
}

/**
 * Watches the strings of a stream that nobody names: a protocol gets new members and new events without
 * a word, and a value may be split over them as over any other.
 * @param fields what the format says of the others
 */
export function createUnnamedLeaves(fields: PlaceRules<FieldContent> | undefined): UnnamedLeaves {
  const texts = createUnnamedTexts();
  const names = createLastNames();
  return {
    read({ document, root }, named, isUnknown) {
      const { leaves } = document;
      const taken = new Set(named.map(({ leaf }) => leaf));
      const places = new Map(fields?.placesIn(document).map(({ leaf, holds }) => [leaf, holds]));
      const growing: GrowingLeaf[] = [];
      const ended: string[] = [];
      const padding: number[] = [];
      const typeLeaf = root.get("type")?.leaf;
      const beside = besideOf(root);
      const indexOf = elementIndexes(document);
      for (let leaf = 0; leaf < leaves.count; leaf++) {
        if (leaves.kind[leaf] !== STRING_LEAF || taken.has(leaf) || leaf === typeLeaf) continue;
        const holds = places.get(leaf);
        if (holds === "opaque") padding.push(leaf);
        if (holds === "opaque" || holds === "signed-text") continue;
        // Media come in members that other events have text in.
        if (holds === "media" && readMediaLeaf(document, leaf) !== null) continue;
        const text = leafText(document, leaf);
        const place = placeOf(document, leaf, indexOf);
        if (holds === "identifier") {
          if (names.changes(place, text)) padding.push(leaf);
          continue;
        }
        const channel = `?${beside}\n${place}`;
        const sighting = texts.see(channel, text, isUnknown);
        if (sighting.is === "restated") padding.push(leaf);
        if (sighting.is === "ended") ended.push(channel);
        if (sighting.is !== "growing") continue;
        growing.push({
          leaf,
          text,
          channel,
          groups: [channel],
          content: holds === "json" ? "json" : "text",
          before: sighting.before,
        });
      }
      return { growing, ended, padding };
    },
  };
}

/** What tells texts in frames of one shape apart: the type of the frame, and numbers and ids at its root. */
function besideOf(root: ReadFrame["root"]): string {
  const parts = [root.get("type")?.text ?? ""];
  for (const [name, { text }] of root) if (TELLS_APART.test(name)) parts.push(`${name}=${text}`);
  return parts.join("\n");
}

// An id of the event itself is another one in every frame.
const TELLS_APART = /^(?:(?!event_)\w+_id|index|\w+_index)$/;

interface LastNames {
  /** True when the place said something else last. */
  changes(place: string, text: string): boolean;
}

const NAMES_MAX = 64;

function createLastNames(): LastNames {
  const last = new Map<string, string>();
  return {
    changes(place, text) {
      const before = last.get(place);
      if (before !== undefined || last.size < NAMES_MAX) last.set(place, text);
      return before !== undefined && before !== text;
    },
  };
}
