/**
 * Tells of strings that no pattern names whether they are one text that grows from frame
 * to frame. A string that is the same in each frame, as an id or a model name is, does not
 * grow, nor does one that is said anew, as a time is; any other that changes may be a delta.
 */
export interface UnnamedTexts {
  /**
   * @param place everything that tells the string apart from others: the type of its frame,
   *   the numbers and ids beside it, its path
   * @param mayBegin true when what is seen for the first time may be the first delta of a text
   */
  see(place: string, text: string, mayBegin: boolean): Sighting;
}

export type Sighting =
  /** Nothing says yet what it is. */
  | { readonly is: "new" }
  /** It was taken for the beginning of a text, and has been said again. */
  | { readonly is: "ended" }
  | { readonly is: "constant" }
  /** It changes, and each time is all there is of it. */
  | { readonly is: "restated" }
  /** The next piece of a growing text; `before` is what came of it and was not taken for one. */
  | { readonly is: "growing"; readonly before: string };

/** Strings that are kept in mind; of more, the one that was not seen for longest is forgotten. */
const PLACES_MAX = 256;
/** Texts that grow at once. What would be one more is looked into frame by frame. */
const GROWING_MAX = 32;
/** UTF-16 units of a string that are kept in mind. */
const KEPT_LENGTH_MAX = 1024;

export function createUnnamedTexts(): UnnamedTexts {
  const places = new Map<string, Place>();
  let growing = 0;

  function keep(key: string, place: Place): void {
    places.delete(key);
    places.set(key, place);
    if (places.size > PLACES_MAX) places.delete(places.keys().next().value!);
  }

  return {
    see(key, text, mayBegin) {
      const last = places.get(key);
      if (last?.state === "growing") return { is: "growing", before: "" };
      // An empty delta opens many texts and says nothing of any.
      if (text === "") return { is: "constant" };
      const said = text.length <= KEPT_LENGTH_MAX ? text : text.slice(-KEPT_LENGTH_MAX);
      if (last === undefined) {
        const begins = mayBegin && growing < GROWING_MAX;
        if (begins) growing++;
        keep(key, { state: begins ? "begun" : "seen", said });
        return begins ? { is: "growing", before: "" } : { is: "new" };
      }
      const hasBegun = last.state === "begun";
      const isSame = last.said === said;
      if (isSame || isSaidAnew(last.said, said) || (!hasBegun && growing >= GROWING_MAX)) {
        keep(key, { state: "seen", said });
        if (hasBegun) growing--;
        return { is: hasBegun ? "ended" : isSame ? "constant" : "restated" };
      }
      if (!hasBegun) growing++;
      keep(key, { state: "growing", said: "" });
      return { is: "growing", before: hasBegun ? "" : last.said };
    },
  };
}

interface Place {
  readonly state: "seen" | "begun" | "growing";
  /** What it said last; not kept of what grows. */
  readonly said: string;
}

/** The next time of a clock, the next of a row of numbers, or all that there was and some more. */
function isSaidAnew(last: string, next: string): boolean {
  let same = 0;
  while (same < last.length && last[same] === next[same]) same++;
  return same >= SAME_LENGTH_MIN && same * 3 >= Math.max(last.length, Math.min(next.length, last.length * 2));
}

const SAME_LENGTH_MIN = 8;
