/**
 * True when digits that follow a `+` begin with an assigned country calling code
 * and have as many digits as numbers of that country have (ITU-T E.164 and the
 * national numbering plans; generous where plans vary).
 */
export function hasPlausibleLength(digits: string): boolean {
  for (let width = 1; width <= 3; width++) {
    const lengths = NATIONAL_LENGTHS.get(digits.slice(0, width));
    if (lengths) return digits.length - width >= lengths[0] && digits.length - width <= lengths[1];
  }
  return false;
}

/** Calling codes by the shortest and longest national number. */
const CODES_BY_LENGTH: readonly (readonly [shortest: number, longest: number, codes: string])[] = [
  [10, 10, "1 7 91 92"],
  [9, 9, "27 30 31 32 33 34 41 48 84 420 421"],
  [9, 10, "20 44 62 66 90"],
  [9, 11, "86"],
  [6, 11, "39 49 43 46 47 45 358"],
  [8, 10, "36 40 60 63 81 82"],
  [8, 9, "51 56 57 58 61 64 93 94 95 98 65"],
  [10, 11, "52 53 54 55"],
  [7, 9, "211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235 236 237 238 239"],
  [7, 10, "240 241 242 243 244 245 246 248 249 250 251 252 253 254 255 256 257 258 260 261 262 263 264 265 266 267"],
  [5, 9, "268 269 290 291 297 298 299 350 351 352 353 354 355 356 357 359 370 371 372 373 374 375 376 377 378 380"],
  [6, 9, "381 382 383 385 386 387 389 423 500 501 502 503 504 505 506 507 508 509 590 591 592 593 594 595 596 597"],
  [5, 10, "598 599 670 672 673 674 675 676 677 678 679 680 681 682 683 685 686 687 688 689 690 691 692"],
  [8, 10, "850 852 853 855 856 880 886"],
  [7, 10, "960 961 962 963 964 965 966 967 968 970 971 972 973 974 975 976 977 992 993 994 995 996 998"],
  [8, 12, "800 808 870 878 881 882 883 888 979"],
];

const NATIONAL_LENGTHS: ReadonlyMap<string, readonly [number, number]> = new Map(
  CODES_BY_LENGTH.flatMap(([shortest, longest, codes]) =>
    codes.split(" ").map((code) => [code, [shortest, longest]] as const),
  ),
);
