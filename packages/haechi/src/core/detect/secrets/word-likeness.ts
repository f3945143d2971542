/** True for four letters or more that are more likely a word, an abbreviation of one or a name than drawn at random. */
export function readsLikeWord(letters: string): boolean {
  return letters.length >= 4 && wordLikeness(letters) >= (letters.length < 6 ? 4.5 : 5.2);
}

/** The words of a text as names are spelled: marked off by capitals, digits and all that is no letter. */
export function wordsOf(text: string): readonly string[] {
  return text.match(WORD) ?? [];
}

/** The share of the characters that lie in words, 0 to 1. Random characters make hardly any. */
export function wordShare(text: string): number {
  let letters = 0;
  for (const word of wordsOf(text)) if (readsLikeWord(word)) letters += word.length;
  return text.length === 0 ? 0 : letters / text.length;
}

/**
 * How much a run of letters reads like a word of a European language: the mean, over
 * its pairs of letters, of how much commoner the second is behind the first than
 * chance would have it. 6 is chance; words lie about 7, random letters about 4.
 */
function wordLikeness(letters: string): number {
  if (letters.length < 2) return CHANCE;
  let sum = 0;
  let before = letterOf(letters.charCodeAt(0));
  for (let at = 1; at < letters.length; at++) {
    const letter = letterOf(letters.charCodeAt(at));
    sum += (FOLLOWERS[before]?.charCodeAt(letter) ?? DIGIT_ZERO) - DIGIT_ZERO;
    before = letter;
  }
  return sum / (letters.length - 1);
}

const WORD = /[A-Z]?[a-z]+|[A-Z]+/g;
const CHANCE = 6;
const DIGIT_ZERO = 0x30;

// Rows are first letters, columns second ones, a to z: 6 plus one and a half times the
// binary logarithm of how often the pair stands over how often chance would have it.
// Counted over the distinct words of manuals and source code, rounded, within 0 to 9.
const FOLLOWERS = [
  "06770351604878060879542242",
  "83439210840932730774800050",
  "80518009717631920648610030",
  "83359221910532820663732030",
  "63784542503769242987343621",
  "80248820900724910766700040",
  "72329256800647630875700010",
  "91149200901645820747500030",
  "65767560002769851678050205",
  "90239203732233942082832010",
  "82349241812735830587703022",
  "92269230902822820066620070",
  "96239010802462890064600020",
  "81788591704425620189540022",
  "45771450404779560976755101",
  "91439225703822860967600040",
  "00030000000710010343900100",
  "82559351804455830577532052",
  "61729236804433772189713051",
  "81429216900522730876502163",
  "66647550602779260888020202",
  "90339301900122800331300010",
  "92049307901407830773301041",
  "72739403800461490369210430",
  "74637440722778690497425033",
  "91239000901544630035736054",
];

function letterOf(code: number): number {
  return (code | 0x20) - 0x61;
}
