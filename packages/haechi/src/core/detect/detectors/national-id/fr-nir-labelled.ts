import type { Detector } from "../../detector.ts";
import { standing } from "../../surroundings/edges.ts";
import { labelWords } from "../../surroundings/label-words.ts";

// The same number without its key, in a text that calls it so.
export const frNirLabelled: Detector = {
  id: "fr-nir-labelled",
  entityType: "fr_nir",
  confidence: 0.6,
  anchor: { kind: "digits", run: 3, lead: 12 },
  pattern: new RegExp(standing("[1-478] ?\\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?(?:\\d{2}|2[AB]) ?\\d{3} ?\\d{3}"), "i"),
  context: {
    requires: labelWords(
      "sécurité sociale,securite sociale,numéro de sécu,numero de secu,n° de sécu,numéro secu,num secu,numero secu,sécu,secu,nir,nss,insee,carte vitale,assuré social,french social security",
    ),
    reach: 40,
  },
  samples: {
    finds: [
      { text: "NIR 1841276451089", match: "1841276451089", why: "without the key" },
      { text: "n° sécurité sociale : 1 84 12 76 451 089", match: "1 84 12 76 451 089", why: "print form" },
    ],
    ignores: [
      { text: "1841276451089", why: "no label" },
      { text: "NIR 1841376451089", why: "month 13" },
    ],
  },
};
