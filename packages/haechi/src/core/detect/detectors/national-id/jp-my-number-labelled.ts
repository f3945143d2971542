import type { Detector } from "../../detector.ts";
import { standing } from "../../edges.ts";
import { grouped } from "../../grouped.ts";
import { isMyNumber } from "../../numbering/jp-my-number.ts";

// The same number anywhere in a text that calls it so.
export const jpMyNumberLabelled: Detector = {
  id: "jp-mynumber-labelled",
  entityType: "jp_mynumber",
  confidence: 0.9,
  anchor: { kind: "digits", run: 4, lead: 0 },
  pattern: new RegExp(standing(grouped(["\\d{4}", "\\d{4}", "\\d{4}"], ["", "-", " "]))),
  accepts: isMyNumber,
  context: {
    requires: "マイナンバー,個人番号,my number,mynumber,my_number,individual number,마이넘버".split(","),
    reach: 40,
  },
  samples: {
    finds: [
      { text: "マイナンバーは123456789018です", match: "123456789018", why: "the everyday name" },
      { text: "個人番号 1234 5678 9018 2024", match: "1234 5678 9018", why: "figures behind it" },
      { text: '{"my_number":"123456789018"}', match: "123456789018", why: "a member of JSON" },
    ],
    ignores: [
      { text: "took 123456789018 ns", why: "no label" },
      { text: "マイナンバーは123456789012です", why: "the check digit is wrong" },
    ],
  },
};
