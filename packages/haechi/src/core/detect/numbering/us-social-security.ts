import { digitsOf } from "./digits-of.ts";

/** True when area, group and serial number are ones that are issued. */
export function isSocialSecurityNumber(text: string): boolean {
  const digits = digitsOf(text);
  const area = Number(digits.slice(0, 3));
  return area !== 0 && area !== 666 && area < 900 && digits.slice(3, 5) !== "00" && digits.slice(5) !== "0000";
}
