import type { Detector } from "../../detector.ts";

const NAMES = [
  ..."postcodes,postcode,post code,post_code,postal code,postal_code,postalcode,zip codes,zip code,zip_code,zipcode,postleitzahl".split(
    ",",
  ),
  ..."code postal,code_postal,código postal,codigo postal,codigo_postal,postnummer,우편번호,郵便番号,邮编,邮政编码".split(
    ",",
  ),
];
// Britain, Canada, the Netherlands, Brazil, Japan, the United States, others.
const CODE =
  "[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}|[A-Z]\\d[A-Z][ -]?\\d[A-Z]\\d|\\d{4} ?[A-Z]{2}|\\d{5}-\\d{3}|\\d{3}-\\d{4}|\\d{5}-\\d{4}|\\d{3} \\d{2}|\\d{4,6}";

// A postal code right behind what names it.
export const postalCodeField: Detector = {
  id: "postal-code-field",
  entityType: "address",
  confidence: 0.6,
  anchor: { kind: "keyed", names: NAMES, reach: 12, memberValue: new RegExp(CODE, "i") },
  pattern: new RegExp(
    `(?:(?<![a-z])|(?-i:(?<=[a-z])(?=[A-Z])))(?:${NAMES.join("|")})\\\\{0,3}["'\`]?(?:[ \\t]{0,2}[:=：][ \\t]{0,3}|> ?| (?:is )?)\\\\{0,3}["'\`]?(?<value>${CODE})(?!\\w|-)`,
    "i",
  ),
  samples: {
    finds: [
      { text: "Postcode: SW1A 1AA", match: "SW1A 1AA", why: "Britain" },
      { text: '"zipCode": "62704-1234"', match: "62704-1234", why: "the United States" },
      { text: "우편번호 06236", match: "06236", why: "Korea" },
      { text: "Postleitzahl 10115 Berlin", match: "10115", why: "Germany" },
    ],
    ignores: [
      { text: "zip code: files/12345", why: "a path" },
      { text: "zipcode 1234567 bytes", why: "too long" },
    ],
  },
};
