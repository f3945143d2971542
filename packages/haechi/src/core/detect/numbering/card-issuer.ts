/** True when the first digits belong to a card issuer that gives out numbers of this length. */
export function hasCardIssuer(digits: string): boolean {
  const prefix = Number(digits.slice(0, 4));
  return ISSUERS.some(([first, last, lengths]) => prefix >= first && prefix <= last && lengths.includes(digits.length));
}

const LONG = [16, 17, 18, 19];
const MAESTRO = [13, 14, 15, 16, 17, 18, 19];

/** Ranges of the first four digits, and the lengths in use. */
const ISSUERS: readonly (readonly [first: number, last: number, lengths: readonly number[]])[] = [
  [4000, 4999, [13, 16, 19]], // Visa
  [5100, 5599, [16]], // Mastercard
  [2221, 2720, [16]], // Mastercard
  [2200, 2204, LONG], // Mir
  [3400, 3499, [15]], // American Express
  [3700, 3799, [15]], // American Express
  [3000, 3059, [14, 16]], // Diners Club
  [3095, 3095, [14, 16]], // Diners Club
  [3600, 3699, [14, 16]], // Diners Club
  [3800, 3999, [14, 16]], // Diners Club
  [3528, 3589, LONG], // JCB
  [6011, 6011, LONG], // Discover
  [6440, 6599, LONG], // Discover, RuPay, Troy
  [6200, 6299, LONG], // UnionPay
  [8100, 8199, LONG], // UnionPay, RuPay
  [6060, 6099, [16]], // RuPay, Hipercard
  [5010, 5099, MAESTRO], // Maestro, Verve, Elo, RuPay
  [5610, 5610, [16]], // Bankcard
  [5641, 5641, LONG], // Switch
  [5893, 5893, MAESTRO], // Maestro
  [6304, 6304, MAESTRO], // Maestro
  [6331, 6334, LONG], // Switch, Solo
  [6360, 6399, LONG], // InterPayment, InstaPayment, Elo
  [6703, 6709, MAESTRO], // Bancontact, Laser
  [6759, 6771, MAESTRO], // Maestro
  [9792, 9792, [16]], // Troy
];
