// What may stand beside a number for it to be that number and not a piece of
// something longer: an identifier, a hex digest, a path, a decimal fraction, a
// column of figures. Every look-around is one character long; where two
// characters matter, the first is matched outside the group `value`.

/** The value is not a piece of a word, of a longer number or of a decimal fraction. */
export function standing(shape: string): string {
  return `${FREE_BEFORE}(?<value>${shape})(?:(?![\\w.-])|${ENDED})`;
}

/** As `standing`, and no group of digits precedes at one blank: of a row of figures, only the first are tried. */
export function standingFirst(shape: string): string {
  return `${FIRST_BEFORE}(?<value>${shape})(?:(?![\\w.-])|${ENDED})`;
}

/** As `standing`, and no further group of digits follows or precedes at one blank. */
export function standingApart(shape: string): string {
  return `${FIRST_BEFORE}(?<value>${shape})(?:(?![\\w. -])|[ ](?!\\d)|${ENDED})`;
}

/**
 * The value is the whole text, opens it, or closes it or a sentence of it. A bare
 * number without a check that random numbers fail says little inside a longer
 * text; as an answer of its own it says much.
 */
export function standingAtEdge(shape: string): string {
  return `(?<value>(?<![\\s\\S])${shape}(?!\\S)|(?<![^\\s:=])${shape}(?![^.!?]))(?:(?!\\.)|\\.(?!\\d))`;
}

/** The value is all that stands on the first line, for shapes that say nothing elsewhere. */
export function standingAlone(shape: string): string {
  return `(?<![\\s\\S])(?<value>${shape})(?![^\\r\\n])`;
}

// An underscore that emphasises in Markdown; a point or hyphen that belongs to what
// stands before (`Nr.123`, `BSN-123`) or opens the line of a list.
const JOINED = "(?<![A-Za-z\\d])_|(?<![\\d.-])[.-]";
const FREE_BEFORE = `(?:(?<![\\w.-])|${JOINED})`;
const FIRST_BEFORE = `(?:(?<![\\w. -])|(?<!\\d)[ ]|${JOINED})`;
const ENDED = "\\.(?!\\d)|-(?!\\w)|_(?![A-Za-z\\d])";
