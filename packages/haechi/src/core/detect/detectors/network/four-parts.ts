/** Source of a pattern for a number in four parts, two digits side by side in one of the first three or in the last. */
export const FOUR_PARTS =
  "(?:\\d{2,3}(?:\\.\\d{1,3}){3}|\\d\\.\\d{2,3}(?:\\.\\d{1,3}){2}|\\d\\.\\d\\.(?:\\d{2,3}\\.\\d{1,3}|\\d\\.\\d{2,3}))";

/** Source of a pattern for the others. */
export const FOUR_SINGLE_DIGITS = "\\d\\.\\d\\.\\d\\.\\d";

/** The two parts in the middle of those, of which one stands a character behind the beginning. */
export const TWO_IN_THE_MIDDLE: readonly string[] = Array.from(
  { length: 100 },
  (_, number) => `.${Math.floor(number / 10)}.${number % 10}.`,
);

/** Source of a pattern for the short name of an address, and what may stand between it and one. */
export const CALLED_IP =
  "(?:(?<![a-z])|(?-i:(?<=[a-z])(?=[A-Z])))ips?\\\\{0,3}[\"'`]?(?:[ \\t]{0,3}[:=：][ \\t]{0,3}|[ \\t]{1,2}(?:is |was |of |from )?|는 |은 )\\\\{0,3}[\"'`\\[]?";
