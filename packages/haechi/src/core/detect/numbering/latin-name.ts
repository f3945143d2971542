// Names of people in Latin script, for patterns that mind the case.

// Latin Extended-A and Additional, and ơ and ư, have capital and small letters by turns.
const EITHER_CASE = "\u0100-\u017f\u01a0\u01a1\u01af\u01b0\u1e00-\u1eff";
const WORD = `[A-ZÀ-ÖØ-Þ${EITHER_CASE}][a-zß-öø-ÿ${EITHER_CASE}]{1,20}`;
const PARTICLE = "(?:van der|van den|van de|van|von|de la|de los|de|del|della|di|da|dos|du|le|la|bin|al|el|ter|y)";

/** One word of a name: Jane, O'Brien, McDonald, Anne-Marie, or an initial. */
const PART = `(?:[A-ZÀ-ÖØ-Þ]\\.|(?:[DOL]['’]|Ma?c)?${WORD}(?:[-'’]${WORD})?)`;

/** Source of a pattern for a first name and family names, with initials and particles between. */
export const FULL_NAME = `${PART}(?: (?:${PARTICLE} )?${PART}){1,3}`;

/** Source of a pattern for one to four words of a name. */
export const ANY_NAME = `${PART}(?:,? (?:${PARTICLE} )?${PART}){0,3}`;

/** False for words that begin with a capital in forms, software and headings, where they are no names. */
export function isLikelyName(text: string): boolean {
  return !text.split(/[\s,.-]+/).some((word) => NOT_IN_NAMES.has(word.toLowerCase()));
}

const NOT_IN_NAMES = new Set(
  (
    "the this that your you my our his her its and or of for from with without not none null nil true false yes no any all " +
    "name names first last full middle given family surname user users username customer client patient contact company " +
    "string text number value field type title class object function method module package file folder directory path " +
    "server service system software hardware project product application app api key token test example sample demo " +
    "default unknown anonymous admin administrator root guest manager group team department office bank university college " +
    "institute foundation inc ltd llc gmbh corp corporation association committee commission ministry council agency " +
    "street road avenue city country state address phone email mail date time day month year version release license " +
    "required optional enter please select click here see note error warning info debug new old public private internal " +
    "north south east west united states america american english german french spanish chinese japanese korean " +
    "january february march april june july august september october november december monday tuesday wednesday " +
    "thursday friday saturday sunday data database table column row list map set array index query report form page site " +
    "web http html xml json sql linux windows unix android apple google microsoft amazon cloud network display screen " +
    "section chapter figure part appendix standard general special personal professional enterprise basic premium " +
    "doe's is are was were has have had will can must should sir madam team all everyone hiring friend friends"
  ).split(" "),
);
