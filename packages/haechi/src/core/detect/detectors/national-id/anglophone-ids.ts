import { isPpsNumber, isSin, isSouthAfricanId } from "../../numbering/anglophone-numbers.ts";
import { numberDetectors } from "../../surroundings/labelled-number.ts";

export const anglophoneIds = numberDetectors([
  {
    id: "ca-sin",
    entityType: "national_id",
    labels: [
      "social insurance number",
      "social insurance",
      "sin",
      "sins",
      "sin number",
      "sin no",
      "s.i.n.",
      "numéro d'assurance sociale",
      "assurance sociale",
      "nas",
      "n.a.s.",
      "canada_sin",
      "canadian sin",
    ],
    // Telephone numbers of Spain and Poland have the same groups, so in a text the label decides.
    alone: "[1-79]\\d{2}[ -]\\d{3}[ -]\\d{3}",
    labelled: "[1-79]\\d{2}(?:[- .]?)\\d{3}(?:[- .]?)\\d{3}",
    forbids: ["cos", "tan", "math", "sin(", "numpy", "radians"],
    accepts: isSin,
    examples: {
      alone: ["130-692-544"],
      labelled: ["130-692-544", "130 692 544", "130692544"],
      wrong: ["130-692-545", "046-454-287"],
    },
  },
  {
    id: "ie-pps",
    entityType: "national_id",
    labels: ["pps", "ppsn", "pps number", "pps no", "personal public service number", "irish id"],
    alone: "\\d{7}[A-W][A-IW]?",
    labelled: "\\d{7} ?[A-Wa-w][A-IWa-iw]?",
    run: 7,
    accepts: isPpsNumber,
    examples: { alone: ["6433435F"], labelled: ["6433435F", "6433435 f"], wrong: ["6433435E"] },
  },
  {
    id: "za-id-number",
    entityType: "national_id",
    labels: [
      "id number",
      "id no",
      "identity number",
      "south african id",
      "sa id",
      "rsa id",
      "identiteitsnommer",
      "id nommer",
      "national id",
    ],
    alone: "\\d{13}",
    labelled: "\\d{13}|\\d{6} \\d{4} \\d{3}|\\d{6} \\d{4} \\d{2} \\d|\\d{6}-\\d{4}-\\d{3}",
    run: 6,
    accepts: isSouthAfricanId,
    examples: {
      alone: ["8001015009087"],
      labelled: ["8001015009087", "800101 5009 087"],
      wrong: ["8001015009088", "8013015009083"],
    },
  },
]);
