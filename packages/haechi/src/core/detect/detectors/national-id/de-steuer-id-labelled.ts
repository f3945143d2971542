import type { Detector } from "../../detector.ts";
import { standing } from "../../edges.ts";
import { grouped } from "../../grouped.ts";
import { isSteuerId } from "../../numbering/steuer-id.ts";

// The same number anywhere in a text that calls it so.
export const deSteuerIdLabelled: Detector = {
  id: "de-steuer-id-labelled",
  entityType: "de_steuer_id",
  confidence: 0.85,
  anchor: { kind: "digits", run: 2, lead: 0 },
  pattern: new RegExp(standing(grouped(["[1-9]\\d", "\\d{3}", "\\d{3}", "\\d{3}"], ["", " ", "-", "/", "."]))),
  accepts: isSteuerId,
  context: {
    requires:
      "steuer,steuer-id,steuerid,steueridnr,steuer-idnr,steuernummer,steueridentifikationsnummer,steuer-identifikationsnummer,identifikationsnummer,idnr,id-nr,tax id,tin".split(
        ",",
      ),
    reach: 40,
  },
  samples: {
    finds: [
      { text: "Meine Steuer-ID 86095742719 lautet", match: "86095742719", why: "the usual name" },
      { text: "IdNr. 86 095 742 719 2024", match: "86 095 742 719", why: "figures behind it" },
    ],
    ignores: [
      { text: "offset 86095742719 of", why: "no label" },
      { text: "Steuer-ID 86095742718 lautet", why: "the check digit is wrong" },
    ],
  },
};
