import { isCalendarDate } from "./calendar-date.ts";

/** True when six digits, in the order of the pattern, are a day of the 20th or the 21st century. */
export function isShortDate(digits: string, order: "YYMMDD" | "DDMMYY"): boolean {
  const [first, month, last] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2)));
  const [year, day] = order === "YYMMDD" ? [first!, last!] : [last!, first!];
  return isCalendarDate(2000 + year, month!, day) || isCalendarDate(1900 + year, month!, day);
}
