/** Country calling codes whose national numbers have from `shortest` to `longest` digits (ITU-T E.164 annex). */
export interface CallingCodes {
  readonly shortest: number;
  readonly longest: number;
  readonly codes: string;
}

// From the national numbering plans that the ITU publishes; generous where a plan
// varies by region or has short ranges beside the long ones.
export const CALLING_CODES: readonly CallingCodes[] = [
  { shortest: 10, longest: 10, codes: "1 7 90 91 58 98" },
  { shortest: 9, longest: 9, codes: "27 31 33 34 41 48 93 94 212 221 233 240 242 243 244 249 250 251 255 256" },
  { shortest: 9, longest: 9, codes: "260 262 263 351 375 380 420 421 590 594 595 596 966 979 992 994 995 996 998" },
  { shortest: 10, longest: 11, codes: "30 52 54 55 86" },
  { shortest: 9, longest: 10, codes: "44 84 92 237 254 261 385" },
  { shortest: 8, longest: 10, codes: "20 40 51 57 60 63 65 82 95 225 234 229 356 381 850 856 880 963 964 977" },
  { shortest: 8, longest: 11, codes: "53 62" },
  {
    shortest: 8,
    longest: 9,
    codes: "32 36 56 66 213 216 218 235 258 355 377 382 386 387 593 855 886 961 962 970 971 972",
  },
  { shortest: 9, longest: 11, codes: "81" },
  { shortest: 6, longest: 11, codes: "39 43 46 49 61 64 352 358 378" },
  {
    shortest: 8,
    longest: 8,
    codes: "45 47 222 223 224 226 227 228 230 232 236 253 257 266 268 350 357 370 371 373 374",
  },
  { shortest: 8, longest: 8, codes: "389 502 503 504 505 506 509 591 800 808 852 853 965 968 973 974 976 993" },
  { shortest: 7, longest: 9, codes: "211 220 231 238 239 241 245 252 264 265 267 269 353 354 359 372 376 383 423" },
  {
    shortest: 7,
    longest: 8,
    codes: "248 291 297 501 507 592 597 598 599 670 673 674 675 679 680 688 691 692 960 967 975",
  },
  { shortest: 5, longest: 7, codes: "246 247 290 298 299 500 508 672 676 677 678 681 682 683 685 686 687 689 690" },
  { shortest: 8, longest: 12, codes: "870 878 881 882 883 888" },
];

/**
 * Source of a pattern for a calling code and a national number of a length that
 * the code has. `joint` stands between them; the digits of the number are joined
 * directly or by what print sets between groups. A trunk prefix shown as (0), or
 * kept by mistake, does not count.
 */
export function internationalNumber(joint: string): string {
  const numbers = CALLING_CODES.map(
    ({ codes, shortest, longest }) =>
      `(?:${codes.replaceAll(" ", "|")})${joint}(?:${TRUNK_ZERO})?\\d(?:${GROUP_JOINT}\\d){${shortest - 1},${longest - 1}}`,
  );
  return `(?:${numbers.join("|")})`;
}

/** What print sets between two groups of digits: a blank, a dot, a hyphen, a slash, parentheses round one of them. */
export const JOINT = "(?: [/-] |[ .-]?\\(|\\) ?\\(|\\)[ .-]?|[ ./-])";

const GROUP_JOINT = `${JOINT}?`;
const TRUNK_ZERO = "\\(?0\\) ?-?|0";
