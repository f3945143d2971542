import type { Detector } from "../../detector.ts";
import { digitsOf } from "../../numbering/digits-of.ts";
import { isMyNumber } from "../../numbering/jp-my-number.ts";
import { EXTENSION } from "../../numbering/phone-extension.ts";
import { NAME_BEGINS, unlessBehind } from "../../surroundings/behind-name.ts";
import { CALLING_PHRASES, PHONE_LABELS } from "./phone-labels.ts";

/** Ways to go on behind a label and still name the number itself. */
const ENDINGS = ["number", "numbers", "no", "num", "nr", "번호", "番号", "号码", "號碼"];

const NAMES = [
  ...PHONE_LABELS,
  "contact number",
  "contact_number",
  "contactNumber",
  "contact",
  "ph",
  "mob",
  "fon",
  "fone",
  ...CALLING_PHRASES,
];
// Between the name and the number: the rest of the name, a remark in parentheses, a
// sign that assigns or a blank, quotes.
const NAME = `${NAME_BEGINS}(?:${NAMES.join("|")})`;
const REST = `(?:[ _-]?(?:${ENDINGS.join("|")}))?[_-]?\\d?\\.?\\\\{0,3}["'\`]?\\]?(?: ?\\([^()\\n]{1,16}\\))?`;
const ASSIGNED =
  "(?:[ \\t]{0,3}(?:=>|:=|[:=：>|]|(?<= )is|(?<= )ist|(?<= )est|(?<= )(?:es|è|é|lautet)|は|은|는|是)[ \\t]{0,4}|[ \\t]{1,2}|(?<=[\\u4e00-\\u9fff☎])|<\\/t[dh]> {0,4}<t[dh]>)(?:tel:)?";
const NUMBER = `\\+?\\(?\\d(?:(?: - |[ .-]?\\(|\\)[ .-]?|[ ./-])?\\d){6,14}${EXTENSION}`;

// A number in any form, bare runs of digits too, right behind what names it.
export const phoneField: Detector = {
  id: "phone-field",
  entityType: "phone",
  confidence: 0.8,
  anchor: { kind: "digits", run: 2, lead: 12 },
  pattern: new RegExp(`(?<![\\w.+-])(?<value>${NUMBER})(?:(?![\\w.-])|\\.(?!\\d))`, "i"),
  accepts: (match) => {
    const digits = digitsOf(match);
    // What is called `my number` may be that of Japan.
    // Two digits side by side are what the anchor goes by.
    return (
      /^.{0,12}\d\d/.test(match) &&
      new Set(digits).size > 2 &&
      !OTHER_FIGURE.test(match) &&
      !(digits.length === 12 && isMyNumber(digits))
    );
  },
  context: {
    requires: NAMES,
    rejects: unlessBehind(`${NAME}${REST}${ASSIGNED}\\\\{0,3}["'\`<]?`),
    reach: 64,
  },
  samples: {
    finds: [
      { text: "phone: 4155552671", match: "4155552671", why: "a bare run" },
      { text: '{"phone": "4155552671"}', match: "4155552671", why: "a member of JSON in a text" },
      { text: '{\\"phoneNumber\\":\\"4155552671\\"}', match: "4155552671", why: "JSON in a string of JSON" },
      { text: '"mobile": 1012345678', match: "1012345678", why: "a number of JSON" },
      { text: "PHONE_NUMBER=14155552671", match: "14155552671", why: "an environment variable" },
      { text: "homePhone = '555-1234'", match: "555-1234", why: "a local number" },
      { text: "휴대폰번호는 01012345678입니다", match: "01012345678", why: "a Korean sentence" },
      { text: "手机号：13812345678", match: "13812345678", why: "China" },
      { text: "Tel.: 0301234567", match: "0301234567", why: "an abbreviation" },
      { text: "my phone number is 4155552671.", match: "4155552671", why: "an English sentence" },
      { text: "Sie erreichen mich unter 01711234567", match: "01711234567", why: "a German sentence" },
      { text: "请拨打13812345678", match: "13812345678", why: "a Chinese sentence, without blanks" },
      { text: "| Phone | 4155552671 |", match: "4155552671", why: "a row of a table" },
      { text: "<phone>4155552671</phone>", match: "4155552671", why: "XML" },
    ],
    ignores: [
      { text: "phone_id: 4155552671", why: "another name" },
      { text: "hotel: 4155552671", why: "a piece of a word" },
      { text: "mobile: 1514038750000", why: "milliseconds since 1970" },
      { text: "mobile: 2024-01-31", why: "a date" },
      { text: "my number is 123456789018", why: "the number of a person in Japan" },
      { text: "phone: 0000000000", why: "a placeholder" },
      { text: "phone 4155552671abc", why: "a piece of a longer name" },
      { text: "cell: 1.25000000", why: "a figure" },
    ],
  },
};

/** Dates, decimal fractions, milliseconds since 1970. */
const OTHER_FIGURE =
  /^(?:(?:19|20)\d\d[-./ ]\d{1,2}[-./ ]\d{1,2}(?!\d)|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d(?!\d)|\d{0,4}\.\d{5,}$|1[4-9]\d{11}$)/;
