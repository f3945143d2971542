/** True when the first digits belong to a card issuer that gives out numbers of this length. */
export function hasCardIssuer(digits: string): boolean {
  const prefix = Number(digits.slice(0, 4));
  return ISSUERS.some(([first, last, lengths]) => prefix >= first && prefix <= last && lengths.includes(digits.length));
}

const LONG = [16, 17, 18, 19];
const MAESTRO = [13, 14, 15, 16, 17, 18, 19];
const DINERS = [14, 16];

/** Ranges of the first four digits (ISO/IEC 7812 and what the networks publish), and the lengths in use. */
const ISSUERS: readonly (readonly [first: number, last: number, lengths: readonly number[]])[] = [
  [2200, 2205, LONG], // Mir, PayPak
  [2221, 2720, [16]], // Mastercard
  [3000, 3059, DINERS], // Diners Club
  [3095, 3095, DINERS], // Diners Club
  [3088, 3094, [16]], // JCB
  [3096, 3102, [16]], // JCB
  [3112, 3120, [16]], // JCB
  [3158, 3159, [16]], // JCB
  [3337, 3349, [16]], // JCB
  [3400, 3499, [15]], // American Express
  [3528, 3589, LONG], // JCB, RuPay, LankaPay
  [3600, 3699, DINERS], // Diners Club
  [3700, 3799, [15]], // American Express
  [3800, 3999, DINERS], // Diners Club, Hipercard
  [4000, 4999, [13, 16, 19]], // Visa, Elo
  [5000, 5099, MAESTRO], // Maestro, Dankort, Verve, Elo, RuPay, Meeza, Shetab
  [5100, 5599, [16]], // Mastercard
  [5600, 5999, [16]], // Maestro, Bankcard, Switch, Shetab
  [5612, 5612, MAESTRO], // Maestro
  [5641, 5641, LONG], // Switch
  [5893, 5893, MAESTRO], // Maestro
  [6000, 6999, [16]], // Maestro, RuPay, Hipercard, Discover, UnionPay, Bancontact, Shetab
  [6011, 6011, LONG], // Discover
  [6200, 6299, LONG], // UnionPay
  [6304, 6304, MAESTRO], // Maestro, Laser
  [6331, 6334, LONG], // Switch, Solo
  [6360, 6399, LONG], // Maestro, InterPayment, InstaPayment, Elo
  [6440, 6599, LONG], // Discover, RuPay, Troy, Elo, Verve
  [6700, 6799, MAESTRO], // Maestro, Solo, Bancontact, Laser
  [8100, 8199, LONG], // UnionPay, RuPay
  [8200, 8299, [16]], // RuPay
  [8600, 8600, [16]], // Uzcard
  [9704, 9704, [16, 19]], // Napas
  [9792, 9792, [16]], // Troy
  [9860, 9860, [16]], // Humo
  [9891, 9891, [16]], // DinaCard
];
