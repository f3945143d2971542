/** One value of each kind that must never be seen outside; invented, with valid check digits, and no key of anybody. */
export const CANARIES = {
  email: "canary.minji@example.com",
  phone: "010-9182-7364",
  card: "4111 1111 1111 1111",
  kr_rrn: "900101-1234568",
  us_ssn: "219-44-8731",
  iban: "GB82WEST12345698765432",
  api_key: `AKIA${"Q7Z3".repeat(4)}`,
  secret: `ghp_${"a1B2c3".repeat(6)}`,
} as const;

/** The canaries as they might be written somewhere, also without their separators. */
export const CANARY_SPELLINGS: readonly string[] = Object.values(CANARIES).flatMap((value) => [
  value,
  value.replaceAll(/[ -]/g, ""),
  encodeURIComponent(value),
  Buffer.from(value).toString("base64"),
]);

/** The canaries that stand in a text. */
export function canariesIn(text: string): string[] {
  return CANARY_SPELLINGS.filter((spelling) => text.includes(spelling));
}
