import type { Detector } from "../../detector.ts";
import { hasDniLetter } from "../../numbering/es-dni.ts";
import { standing } from "../../surroundings/edges.ts";
import { labelWords } from "../../surroundings/label-words.ts";

// The same number however its letters are set apart, and the NIF of a person without
// a DNI (K, L, M), in a text that calls it so.
export const esDniLabelled: Detector = {
  id: "es-dni-nie-labelled",
  entityType: "es_dni",
  confidence: 0.85,
  anchor: { kind: "digits", run: 7, lead: 6 },
  pattern: new RegExp(standing("(?:[XYZKLM][ -]{0,2})?\\d{7,8}[ /-]{0,3}[A-HJ-NP-TV-Z]"), "i"),
  accepts: hasDniLetter,
  context: {
    requires: labelWords(
      "dni,dnis,nifs,nies,d.n.i.,d.n.i,nif,n.i.f.,n.i.f,nie,n.i.e.,n.i.e,documento,documento nacional,documento de identidad,documento identidad,número de identificación,numero de identificacion,número de identidad,identificación fiscal,identificacion fiscal,identificador fiscal,carnet de identidad,tarjeta de residencia,spanish id,spanish national id",
    ),
    reach: 40,
  },
  samples: {
    finds: [
      { text: "DNI 12345678 Z", match: "12345678 Z", why: "a blank before the letter" },
      { text: '{"dni":"1111111g"}', match: "1111111g", why: "seven digits and a small letter" },
      { text: "NIF M1234567L", match: "M1234567L", why: "a foreigner without a NIE" },
    ],
    ignores: [
      { text: "waited 12345678 Z", why: "no label" },
      { text: "DNI 12345678 A", why: "the letter is wrong" },
    ],
  },
};
