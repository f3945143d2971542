import type { Detector } from "../../detector.ts";
import { isMachineReadableZone } from "../../numbering/machine-readable-zone.ts";

const STATE = "(?:[A-Z]{3}|D<<)";
const NAMES = "[A-Z]{1,38}(?:<[A-Z]{1,37}){0,5}<<[A-Z<]{0,37}";
const DATES = "\\d{7}[MFX<]\\d{7}";
// Filling stands in nearly every last field; where it is missing, the line is not found on its own.
const DATED_LINE = `[A-Z\\d<]{9}\\d${STATE}${DATES}[A-Z\\d]{0,14}<<<{0,14}[\\d<]?\\d`;

// The machine-readable lines of a passport (two of 44 characters), of a card or visa
// (two of 36 or three of 30); of two lines also the one with number and dates alone.
const BEHIND_FILLING = "<0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

export const machineReadableZone: Detector = {
  id: "machine-readable-zone",
  entityType: "passport",
  confidence: 0.95,
  anchor: { kind: "literal", literals: Array.from(BEHIND_FILLING, (sign) => `<<${sign}`), lead: 100 },
  pattern: new RegExp(
    `(?<![\\w<])(?:${[
      `[PVIAC][A-Z<]${STATE}${NAMES}\\r?\\n${DATED_LINE}`,
      `[ACI][A-Z<]${STATE}[A-Z\\d<]{9}\\d[A-Z\\d<]{15}\\r?\\n${DATES}${STATE}[A-Z\\d<]{11}\\d\\r?\\n${NAMES}`,
      DATED_LINE,
    ].join("|")})(?![\\w<])`,
  ),
  accepts: isMachineReadableZone,
  samples: {
    finds: [
      {
        text: `P<UTOERIKSSON<<ANNA<MARIA${"<".repeat(19)}\nL898902C36UTO7408122F1204159ZE184226B<<<<<10`,
        why: "the specimen of a passport (ICAO 9303-4)",
      },
      { text: "L898902C36UTO7408122F1204159ZE184226B<<<<<10", why: "its second line alone" },
      {
        text: `I<UTOD231458907${"<".repeat(15)}\n7408122F1204159UTO${"<".repeat(11)}6\nERIKSSON<<ANNA<MARIA${"<".repeat(10)}`,
        why: "the specimen of a card (ICAO 9303-5)",
      },
    ],
    ignores: [
      { text: "L898902C37UTO7408122F1204159ZE184226B<<<<<10", why: "the check digit of the number is wrong" },
      { text: "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", why: "a line of brackets" },
    ],
  },
};
