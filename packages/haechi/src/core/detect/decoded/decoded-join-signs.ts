import { wordsOf } from "../../document/words.ts";
import { CLASSES_OF_PAIR, DIGIT, DIGIT_LIKE, DIGITS_MIN, quietEnd, SIGN } from "./decoded-join-bytes.ts";
import { holdsGroups } from "./decoded-join-groups.ts";
import { holdsLookAlikes } from "./decoded-join-look-alikes.ts";
import { holdsSingles, SINGLES_BYTES } from "./decoded-join-singles.ts";

/** Tells of stretches of the same bytes, which are UTF-8, perhaps with JSON escapes. */
export class JoinSigns {
  readonly #bytes: Uint8Array;
  /** Four bytes each; of a number that is no multiple of four, without the last ones. */
  readonly #words: Int32Array;
  /** Two bytes each; of an odd number of bytes, all but the last. */
  readonly #pairs: Uint16Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#words = wordsOf(bytes);
    // A copy is made by a constructor: the slice of a Buffer would be a view of the same bytes.
    const aligned = bytes.byteOffset % 2 === 0 ? bytes : new Uint8Array(bytes);
    this.#pairs = new Uint16Array(aligned.buffer, aligned.byteOffset, bytes.length >> 1);
  }

  /** False when `joinedText` finds nothing worth reading in the stretch, as in most ordinary text, of which that is quickly so. */
  mayHoldJoins(start: number, end: number): boolean {
    const bytes = this.#bytes;
    const words = this.#words;
    const pairs = this.#pairs;
    // Blocks of eight bytes: those beside the stretch may tell too much.
    const past = Math.min((end + 1) >> 1, pairs.length) | 0;
    const wordsPast = Math.min(((past + 3) >> 2) << 1, words.length) | 0;
    let digits1 = 0;
    let digits2 = 0;
    let digits3 = 0;
    let any1 = 0;
    let anySecondHalf1 = 0;
    let each1 = 0;
    let secondHalf1 = 0;
    let groupsFrom = -1;
    let groupsTo = 0;
    let likesFrom = -1;
    let likesTo = 0;
    for (let pair = (start >> 1) & ~3; pair < past; pair += 4) {
      if ((digits1 | digits2 | digits3) === 0) {
        const quiet = quietEnd(words, pair >> 1, wordsPast) << 1;
        if (quiet > pair) {
          pair = quiet;
          if (pair >= past) break;
          // What the next block asks of the one before it.
          const third = CLASSES_OF_PAIR[pairs[pair - 2]!]!;
          const fourth = CLASSES_OF_PAIR[pairs[pair - 1]!]!;
          const firstHalf = CLASSES_OF_PAIR[pairs[pair - 4]!]! & CLASSES_OF_PAIR[pairs[pair - 3]!]!;
          secondHalf1 = third & fourth;
          each1 = firstHalf & secondHalf1;
          anySecondHalf1 = third | fourth;
          any1 = CLASSES_OF_PAIR[pairs[pair - 4]!]! | CLASSES_OF_PAIR[pairs[pair - 3]!]! | third | fourth;
        }
      }
      const isWhole = pair + 4 <= past;
      const first = CLASSES_OF_PAIR[pairs[pair]!]!;
      const second = isWhole || pair + 1 < past ? CLASSES_OF_PAIR[pairs[pair + 1]!]! : 0;
      const third = isWhole || pair + 2 < past ? CLASSES_OF_PAIR[pairs[pair + 2]!]! : 0;
      const fourth = isWhole ? CLASSES_OF_PAIR[pairs[pair + 3]!]! : 0;
      const any = first | second | third | fourth;
      const firstHalf = first & second;
      const secondHalf = third & fourth;
      const each = firstHalf & secondHalf;
      // Of single characters set apart, three halves of blocks hold a sign in each pair.
      const single = (secondHalf1 & each) | (each1 & firstHalf);
      // Of so many digits and what looks like them, three pairs hold one each, of which the first begins a half.
      const like = (firstHalf & third) | (secondHalf1 & first);
      let digits = 0;
      if (((single & SIGN) | (any & DIGIT) | (like & DIGIT_LIKE)) !== 0) {
        const place = pair * 2;
        const character = ((first | second) & (third | fourth)) | ((first | second) & any1);
        if ((single & (character >> OF_SINGLES_TO_SIGN) & SIGN) !== 0) {
          const from = Math.max(start, place - SINGLES_BYTES);
          if (holdsSingles(bytes, from, Math.min(end, place + BLOCK_BYTES + SINGLES_BYTES))) return true;
        }
        digits = (first & DIGIT) + (second & DIGIT) + (third & DIGIT) + (fourth & DIGIT);
        if (digits + digits1 + digits2 + digits3 >= PAIRS_WITH_DIGITS_MIN) {
          if (groupsFrom === -1) groupsFrom = place;
          groupsTo = place;
        }
        const near = any1 | first | second;
        const mixed = secondHalf1 & first & (near << DIGIT_TO_LIKE) & (near << LOOK_ALIKE_TO_LIKE);
        const nearNext = any | anySecondHalf1;
        const mixedNext = firstHalf & third & (nearNext << DIGIT_TO_LIKE) & (nearNext << LOOK_ALIKE_TO_LIKE);
        if (((mixed | mixedNext) & DIGIT_LIKE) !== 0) {
          if (likesFrom === -1) likesFrom = place;
          likesTo = place;
        }
      }
      digits3 = digits2;
      digits2 = digits1;
      digits1 = digits;
      any1 = any;
      anySecondHalf1 = third | fourth;
      each1 = each;
      secondHalf1 = secondHalf;
    }
    if (groupsFrom !== -1) {
      const first = Math.max(start, groupsFrom - REACH_BYTES);
      if (holdsGroups(bytes, words, start, end, first, Math.min(end, groupsTo + REACH_BYTES))) return true;
    }
    return likesFrom !== -1 && holdsLookAlikes(bytes, start, end, likesFrom - REACH_BYTES, likesTo + REACH_BYTES);
  }
}

const BLOCK_BYTES = 8;
/** So far from where they are met, what may be put together begins and ends. */
const REACH_BYTES = 128;

/** Of seven digits with a letter behind them; others have more. They stand in four blocks. */
const PAIRS_WITH_DIGITS_MIN = 3;
/** In fewer nothing stands apart that is worth reading. */
export const JOINED_BYTES_MIN = DIGITS_MIN;

// How far bits are apart.
const OF_SINGLES_TO_SIGN = 2;
const DIGIT_TO_LIKE = 2;
const LOOK_ALIKE_TO_LIKE = 1;
