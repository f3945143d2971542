// What stands between the name of a field and its value, in the many ways in which
// forms, lists, tables and markup set them apart.

/** The rest of the name: quotes, a bracket, a remark such as `(required)`, emphasis, a closing tag. */
const END_OF_LABEL = "\\\\{0,3}[\"'`]?\\]?(?: ?\\([^()\\n]{1,16}\\))?(?:\\*\\*|</[a-z]{1,6}>)?";

/** A sign that assigns or parts cells, a dash between blanks, a tab, the tag of the next cell, the value of an input, quotes. */
const SIGN =
  "(?:[ \\t]{0,3}(?:[:=：|]|=>|(?<![\"'])>)(?:\\*\\*)?[ \\t]{0,4}| [-–] |\\t| {0,4}<(?:dd|td)>|(?<=\\]) | value=| (?=[\"'`]))";

/** Source of a pattern for all between a label and its value, opening quotes of the value included. At most `LABEL_JOINT_LENGTH` characters. */
export const LABEL_JOINT: string = `${END_OF_LABEL}${SIGN}\\\\{0,3}["'\`]?`;

export const LABEL_JOINT_LENGTH = 48;
