// What may stand beside a number for it to be that number and not a piece of
// something longer: an identifier, a hex digest, a path, a decimal fraction, a
// column of figures. Every look-around is one character long; where two
// characters matter, the first is matched outside the group `value`.

/** The value is not a piece of a word, of a hyphenated name or of a decimal fraction. */
export function standing(shape: string): string {
  return `(?<![\\w.-])(?<value>${shape})${NO_FRACTION}`;
}

/** As `standing`, and no further group of digits follows or precedes at one blank. */
export function standingApart(shape: string): string {
  return `(?:(?<![\\w. -])|(?<![\\d ])[ ])(?<value>${shape})(?:(?![\\w. -])|[. ](?!\\d))`;
}

/**
 * The value is the whole text, opens it, or closes it or a sentence of it. A bare
 * number without a check that random numbers fail says little inside a longer
 * text; as an answer of its own it says much.
 */
export function standingAtEdge(shape: string): string {
  return `(?<value>(?<![\\s\\S])${shape}(?!\\S)|(?<![^\\s:=])${shape}(?![^.!?]))(?:(?!\\.)|\\.(?!\\d))`;
}

const NO_FRACTION = "(?:(?![\\w.-])|\\.(?!\\d))";
