import { isCalendarDate } from "./calendar-date.ts";

// First letters of the months in English, German, French, Spanish, Italian,
// Portuguese, Dutch and Russian.
const MONTH =
  "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|jän|mär|mai|okt|dez|fév|avr|juin|juil|aoû|déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|fev|out|mrt|mei|янв|фев|мар|апр|мая|июн|июл|авг|сен|окт|ноя|дек)[a-zà-ÿа-я]{0,8}\\.?";

/** Source of a pattern for a day as people write it, in any order of its parts; for patterns that ignore case. */
export const WRITTEN_DATE = [
  "\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}",
  "\\d{4}\\. \\d{1,2}\\. \\d{1,2}",
  "\\d{1,2}[-/.]\\d{1,2}[-/.](?:\\d{4}|\\d{2})",
  "\\d{1,2} / \\d{1,2} / \\d{4}",
  "\\d{1,2}\\. \\d{1,2}\\. \\d{4}",
  `\\d{1,2}(?:st|nd|rd|th|er|º|\\.)?(?:[ -]|(?<=\\.))(?:of |de )?${MONTH},?(?:[ -]| de | del |(?<=\\.))\\d{4}`,
  `${MONTH} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}`,
  `\\d{4}[ -]${MONTH}[ -]\\d{1,2}`,
  "(?:\\d{4}|\\d{2})년 ?\\d{1,2}월 ?\\d{1,2}일",
  "(?:\\d{4}|昭和\\d{1,2}|平成\\d{1,2}|令和\\d{1,2})年 ?\\d{1,2}月 ?\\d{1,2}日",
  "[mtshr]\\d{1,2}\\.\\d{1,2}\\.\\d{1,2}",
  "(?:19|20)\\d{6}",
  "\\d{6}",
].join("|");

/** True when the parts of a written date make a day of the calendar since 1900, in the order that they allow. */
export function isWrittenDate(text: string): boolean {
  const parts = text.match(/\d+/g) ?? [];
  if (parts.length === 1) return isRunOfDate(text);
  if (parts.length === 2 || /[昭平令]/.test(text)) return true;
  const [first = "", second = "", third = ""] = parts;
  if (/^[a-z]\d/i.test(text)) return isDay("2000", second, third);
  if (first.length === 4 || /년/.test(text)) return isDay(first, second, third);
  if (isDay(third, second, first) || isDay(third, first, second)) return true;
  return third.length === 2 && first.length === 2 && isDay(first, second, third);
}

function isRunOfDate(digits: string): boolean {
  const year = digits.slice(0, -4);
  return isDay(year, digits.slice(-4, -2), digits.slice(-2));
}

function isDay(year: string, month: string, day: string): boolean {
  const full = year.length === 2 ? 2000 + Number(year) : Number(year);
  return full >= 1900 && full < 2100 && isCalendarDate(full, Number(month), Number(day));
}
