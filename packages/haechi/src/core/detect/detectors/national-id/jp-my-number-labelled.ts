import type { Detector } from "../../detector.ts";
import { isMyNumber, MY_NUMBER_FORMS, MY_NUMBER_LABELS } from "../../numbering/jp-my-number.ts";
import { standingFirst } from "../../surroundings/edges.ts";

// The same number anywhere, in any grouping, in a text that calls it so.
export const jpMyNumberLabelled: Detector = {
  id: "jp-mynumber-labelled",
  entityType: "jp_mynumber",
  confidence: 0.9,
  anchor: { kind: "digits", run: 2, lead: 1 },
  pattern: new RegExp(standingFirst(MY_NUMBER_FORMS)),
  accepts: isMyNumber,
  context: {
    requires: MY_NUMBER_LABELS,
    reach: 40,
  },
  samples: {
    finds: [
      { text: "マイナンバーは123456789018です", match: "123456789018", why: "the everyday name" },
      { text: "個人番号 1234 5678 9018 2024", match: "1234 5678 9018", why: "figures behind it" },
      { text: '{"my_number":"123456789018"}', match: "123456789018", why: "a member of JSON" },
      { text: "My Number: 123.456.789.018", match: "123.456.789.018", why: "an unusual grouping" },
    ],
    ignores: [
      { text: "took 123456789018 ns", why: "no label" },
      { text: "マイナンバーは123456789012です", why: "the check digit is wrong" },
    ],
  },
};
