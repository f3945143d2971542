/** Country calling codes whose national numbers have from `shortest` to `longest` digits (ITU-T E.164 annex). */
export interface CallingCodes {
  readonly shortest: number;
  readonly longest: number;
  readonly codes: string;
}

// From the national numbering plans that the ITU publishes; generous where a plan
// varies by region or has short ranges beside the long ones.
export const CALLING_CODES: readonly CallingCodes[] = [
  { shortest: 9, longest: 9, codes: "27 31 33 34 41 48 93 94 212 221 233 240 242 244 249 250 251 255" },
  { shortest: 9, longest: 9, codes: "256 260 262 263 351 380 420 421 590 594 595 596 979 992 994 995 996 998" },
  { shortest: 8, longest: 8, codes: "45 47 222 223 226 227 228 230 232 236 253 257 266 268 350 357 370 371" },
  { shortest: 8, longest: 8, codes: "373 374 389 502 503 504 505 509 800 808 853 965 968 973 974 976 993" },
  { shortest: 8, longest: 9, codes: "32 36 56 213 216 218 224 235 258 377 382 385 386 387 591 852 855 886" },
  { shortest: 8, longest: 9, codes: "962 970 971" },
  { shortest: 7, longest: 9, codes: "211 220 231 238 239 241 243 245 252 264 265 267 269 354 355 359 372 383" },
  { shortest: 7, longest: 9, codes: "423 967" },
  { shortest: 8, longest: 10, codes: "20 40 51 60 66 82 225 229 234 356 381 506 850 856 880 963 964 972" },
  { shortest: 8, longest: 10, codes: "977" },
  { shortest: 7, longest: 8, codes: "248 291 297 507 592 598 599 670 673 674 675 679 680 688 691 692 961 975" },
  { shortest: 5, longest: 7, codes: "246 247 298 299 500 508 672 676 677 678 681 682 685 686 687" },
  { shortest: 6, longest: 11, codes: "39 43 46 61 64 352 358 378" },
  { shortest: 8, longest: 12, codes: "63 870 878 881 882 883 888" },
  { shortest: 9, longest: 10, codes: "44 84 92 237 261 966" },
  { shortest: 10, longest: 11, codes: "30 52 54 55 86 91" },
  { shortest: 8, longest: 11, codes: "53 57 62 65 593" },
  { shortest: 10, longest: 10, codes: "1 7 58 90 98" },
  { shortest: 7, longest: 10, codes: "95 254 353 960" },
  { shortest: 4, longest: 7, codes: "683 690" },
  { shortest: 9, longest: 11, codes: "81 375" },
  { shortest: 4, longest: 5, codes: "290" },
  { shortest: 6, longest: 7, codes: "597" },
  { shortest: 6, longest: 8, codes: "689" },
  { shortest: 6, longest: 9, codes: "376" },
  { shortest: 6, longest: 13, codes: "49" },
  { shortest: 7, longest: 11, codes: "501" },
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
