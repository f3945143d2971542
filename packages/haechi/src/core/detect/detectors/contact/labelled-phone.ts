import type { Detector } from "../../detector.ts";
import { digitsOf } from "../../numbering/digits-of.ts";
import { isMyNumber } from "../../numbering/jp-my-number.ts";
import { EXTENSION } from "../../numbering/phone-extension.ts";
import {
  amongFigures,
  anyOf,
  inFraction,
  inHexDump,
  inHexRun,
  inPath,
  inUuid,
  inVersion,
} from "../../surroundings/surroundings.ts";
import { PHONE_LABELS } from "./phone-labels.ts";

// A number of any country as dialled there, found because a label stands near:
// groups of digits, or a run that begins with the trunk 0.
export const labelledPhone: Detector = {
  id: "labelled-phone",
  entityType: "phone",
  confidence: 0.7,
  anchor: { kind: "digits", run: 2, lead: 4 },
  pattern: new RegExp(
    `(?<![\\w.+-])(?:0\\d{8,13}|\\(?\\d{1,5}\\)?(?:[ -]\\d{2,5}){1,5}|\\(?\\d{2,5}\\)?(?:\\.\\d{2,5}){2,5}|\\(?0\\d{1,4}\\)?[ /-]\\d{3,9}|\\d{2,3}[ /-]\\d{6,8})${EXTENSION}(?![\\w-])`,
    "i",
  ),
  accepts: (match) => {
    const digits = digitsOf(match);
    if (digits.length < 8) return LOCAL_NUMBER.test(match);
    // What is called `my number` may be that of Japan.
    return digits.length <= 15 && !OTHER_NUMBER.test(match) && !(digits.length === 12 && isMyNumber(digits));
  },
  context: {
    requires: [
      ...PHONE_LABELS,
      ..."call me,call us,please call,to call,or call,call on,call at,contact number,contact no,reach me,reach us,reach him,reach her,text me,my number,number is".split(
        ",",
      ),
    ],
    rejects: anyOf(amongFigures, inFraction, inHexDump, inHexRun, inPath, inUuid, inVersion),
    reach: 40,
  },
  samples: {
    finds: [
      { text: "phone: 020 7946 0958", match: "020 7946 0958", why: "London" },
      { text: "電話: 03-1234-5678", match: "03-1234-5678", why: "Tokyo" },
      { text: "Tél. / téléphone 01 42 68 53 00", match: "01 42 68 53 00", why: "Paris" },
      { text: "Telefon 030/1234567", match: "030/1234567", why: "Berlin" },
      { text: "전화 02 544 2064", match: "02 544 2064", why: "Seoul with blanks" },
      { text: "mobile 6123 4567", match: "6123 4567", why: "Singapore" },
      { text: "912 345 678 (móvil)", match: "912 345 678", why: "Spain, the label behind it" },
      { text: "home phone of Joe 555-0123", match: "555-0123", why: "a local number" },
    ],
    ignores: [
      { text: "rows 020 7946 0958", why: "no label" },
      { text: "phone updated 2024-01-31", why: "a date" },
      { text: "phone 4155552671", why: "a bare run without the trunk 0" },
      { text: "DE 19803-2444, phone", why: "a postal code" },
      { text: "mobile 1.2.3.4567", why: "a version" },
      { text: "my number is 1234 5678 9018", why: "the number of a person in Japan" },
      { text: "phone plans 2341 2341 2346", why: "twelve digits in fours" },
      { text: "fax 2024-00481 received", why: "a year and a serial number" },
    ],
  },
};

const LOCAL_NUMBER = /^[2-9]\d{2}[ -]\d{4}$/;

/** Dates, ranges of years, a year and a serial number, postal codes of the United States, threes of four. */
const OTHER_NUMBER =
  /^(?:(?:19|20)\d{2}[-. ](?:0?[1-9]|1[0-2])[-. ]\d{1,2}(?!\d)|\d{1,2}[-. ]\d{1,2}[-. ](?:19|20)\d{2}(?!\d)|(?:19|20)\d{2}[ -](?:19|20)\d{2}$|20\d{2}-0\d{4}$|\d{5}-\d{4}$|[1-9]\d{3}([ -])\d{4}\1\d{4}$)/;
