import type { Detector } from "../../detector.ts";
import { otherNumberWords } from "../../numbering/other-numbers.ts";
import { isSteuerId, STEUER_ID_FORMS } from "../../numbering/steuer-id.ts";
import { standingAlone, standingApart, standingAtEdge } from "../../surroundings/edges.ts";
import { grouped } from "../../surroundings/grouped.ts";
import { amongFigures, anyOf, inPartNumber, inQuantity, inTechnicalNumber } from "../../surroundings/surroundings.ts";

const PRINTED = `(?:${grouped(["[1-9]\\d", "\\d{3}", "\\d{3}", "\\d{3}"], [" ", "-", "/", "."])}|${grouped(["[1-9]\\d{2}", "\\d{3}", "\\d{3}", "\\d{2}"], [" "])})`;

// The German tax identification number (IdNr): eleven digits, printed 2-3-3-3.
export const deSteuerId: Detector = {
  id: "de-steuer-id",
  entityType: "de_steuer_id",
  confidence: 0.85,
  anchor: { kind: "digits", run: 2, lead: 1 },
  pattern: new RegExp(`${standingAlone(STEUER_ID_FORMS)}|${standingAtEdge("[1-9]\\d{10}")}|${standingApart(PRINTED)}`),
  accepts: isSteuerId,
  context: {
    forbids: otherNumberWords,
    rejects: anyOf(inTechnicalNumber, amongFigures, inPartNumber, inQuantity),
    reach: 24,
  },
  samples: {
    finds: [
      { text: "86095742719", why: "the whole text" },
      { text: "86 095 742 719", why: "printed with blanks" },
      { text: "Nr. 86/095/742/719!", match: "86/095/742/719", why: "slashes" },
    ],
    ignores: [
      { text: "86095742718", why: "the check digit is wrong" },
      { text: "12345678903", why: "all ten digits differ" },
      { text: "x86095742719", why: "a piece of a longer word" },
      { text: "86095742719123", why: "a piece of a longer number" },
      { text: "1 86 095 742 719", why: "one more group" },
      { text: "offset 86095742719 of", why: "a bare number inside a text says little" },
      { text: "Tel. 86 095 742 719", why: "called something else" },
    ],
  },
};
