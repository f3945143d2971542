import type { Detector } from "../../detector.ts";
import { isSteuerId, STEUER_ID_FORMS } from "../../numbering/steuer-id.ts";
import { standingFirst } from "../../surroundings/edges.ts";
import { labelWords } from "../../surroundings/label-words.ts";

// The same number anywhere, in any grouping, in a text that calls it so.
export const deSteuerIdLabelled: Detector = {
  id: "de-steuer-id-labelled",
  entityType: "de_steuer_id",
  confidence: 0.85,
  anchor: { kind: "digits", run: 2, lead: 1 },
  pattern: new RegExp(standingFirst(STEUER_ID_FORMS)),
  accepts: isSteuerId,
  context: {
    requires: labelWords(
      "steuer,steuern,steuerliche,steuer id,steuer ids,tax ids,steuer idnr,steuer nr,steuer nummer,steuer identifikationsnummer,steuernummern,identifikationsnummer,identifikationsnr,idnr,id nr,stid,finanzamt,tax id,tax number,tax no,tax identification,tin",
    ),
    reach: 40,
  },
  samples: {
    finds: [
      { text: "Meine Steuer-ID 86095742719 lautet", match: "86095742719", why: "the usual name" },
      { text: "IdNr. 86 095 742 719 2024", match: "86 095 742 719", why: "figures behind it" },
      { text: '{"steuerId": 86095742719}', match: "86095742719", why: "a member of JSON" },
      { text: "TIN 860 957 427 19", match: "860 957 427 19", why: "an unusual grouping" },
    ],
    ignores: [
      { text: "offset 86095742719 of", why: "no label" },
      { text: "Steuer-ID 86095742718 lautet", why: "the check digit is wrong" },
    ],
  },
};
