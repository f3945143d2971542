import type { Detector } from "../../detector.ts";
import { hasNricLetter } from "../../numbering/nric.ts";
import { standing } from "../../surroundings/edges.ts";
import { grouped } from "../../surroundings/grouped.ts";

// Singapore identity card (S, T) and foreign identification numbers (F, G, M).
export const sgNric: Detector = {
  id: "sg-nric",
  entityType: "sg_nric",
  confidence: 0.9,
  anchor: { kind: "digits", run: 7, lead: 3 },
  pattern: new RegExp(standing(grouped(["[STFGM]", "\\d{7}", "[A-Z]"], ["", "-", " "])), "i"),
  accepts: hasNricLetter,
  samples: {
    finds: [
      { text: "S1234567D", why: "born before 2000" },
      { text: "T1234567J", why: "born since 2000" },
      { text: "F1234567N", why: "a foreigner, before 2000" },
      { text: "G1234567X", why: "a foreigner, since 2000" },
      { text: "M1234567K", why: "a foreigner, since 2022" },
      { text: "M4332674T", why: "a published number of the M series" },
      { text: "nric s1234567d.", match: "s1234567d", why: "lower case" },
      { text: "S-1234567-D", why: "hyphens" },
    ],
    ignores: [
      { text: "S1234567E", why: "the letter is wrong" },
      { text: "M1234567X", why: "right only if the table of the M series were read from its start" },
      { text: "A1234567D", why: "no such series" },
      { text: "XS1234567D", why: "a piece of a longer word" },
    ],
  },
};
