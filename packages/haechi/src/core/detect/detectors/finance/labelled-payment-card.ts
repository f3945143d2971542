import { passesLuhn } from "../../checksums/luhn.ts";
import type { Detector } from "../../detector.ts";
import { AADHAAR_LABELS } from "../../numbering/aadhaar.ts";
import { hasCardIssuer } from "../../numbering/card-issuer.ts";
import { digitsOf } from "../../numbering/digits-of.ts";
import { MY_NUMBER_LABELS } from "../../numbering/jp-my-number.ts";
import { standingFirst } from "../../surroundings/edges.ts";
import { grouped } from "../../surroundings/grouped.ts";
import { labelWords } from "../../surroundings/label-words.ts";

const FOUR = "\\d{4}";
const WIDE = ["  ", "\t", "_", " - ", " / ", ","];
const FORMS = [
  "\\d{12,19}",
  grouped(["[1-9]\\d{3}", FOUR, FOUR, FOUR, "\\d{3}"], WIDE),
  grouped(["[1-9]\\d{3}", FOUR, FOUR, "\\d{2,4}"], WIDE),
  grouped(["[1-9]\\d{3}", "\\d{6}", "\\d{4,5}"], WIDE),
  grouped(["[1-9]\\d{3}", FOUR, "\\d{5}"], WIDE),
  "[1-9]\\d{1,7}(?:[ ./-]\\d{2,13}){1,8}",
];

// A card number in any grouping, or of a domestic issuer (Korean 9xxx), found
// because it is called a card.
export const labelledPaymentCard: Detector = {
  id: "labelled-card",
  entityType: "card",
  confidence: 0.7,
  anchor: { kind: "digits", run: 2, lead: 1 },
  pattern: new RegExp(standingFirst(`(?:${FORMS.join("|")})`)),
  accepts: (match) => {
    const digits = digitsOf(match);
    return passesLuhn(digits) && (hasCardIssuer(digits) || DOMESTIC.test(digits));
  },
  context: {
    requires: labelWords(
      "card,cards,card number,card no,card num,card nr,cc,ccnum,cc number,cc no,ccn,pan,credit card,debit card,visa,mastercard,master card,amex,american express,maestro,jcb,unionpay,union pay,diners,rupay,dankort,hipercard,bancontact,cvc,cvv,카드,카드번호,カード,クレカ,银行卡,信用卡,卡号,卡號,kreditkarte,karte,karten,kartennummer,carte,carte bancaire,carta,tarjeta,cartão,cartao,karta,kort,kortnummer,kaart,kaartnummer,карта,карты,картой,kart",
    ),
    forbids: [
      "imei",
      "iccid",
      "sim card",
      "graphics card",
      "simcard",
      "vitale",
      ...MY_NUMBER_LABELS,
      ...AADHAAR_LABELS,
    ],
    reach: 40,
  },
  samples: {
    finds: [
      { text: "card 42 4242 4242 4242 42", match: "42 4242 4242 4242 42", why: "an unusual grouping" },
      { text: "카드번호 9410-1234-5678-9010", match: "9410-1234-5678-9010", why: "a Korean domestic card" },
      { text: "card: 4111  1111  1111  1111", match: "4111  1111  1111  1111", why: "two blanks" },
      { text: "UATP card 135410014004955", match: "135410014004955", why: "an issuer of travel cards" },
      { text: "tarjeta 42424242 42424242, 12/27", match: "42424242 42424242", why: "two groups" },
    ],
    ignores: [
      { text: "42 4242 4242 4242 42", why: "nothing calls it a card" },
      { text: "card 42 4242 4242 4242 43", why: "the check digit is wrong" },
      { text: "card 2024-01-31 12", why: "a date" },
      { text: "card seen 1514038750005", why: "a millisecond timestamp" },
    ],
  },
};

/** Twelve digits of Maestro, the fifteen of UATP, the sixteen of domestic issuers. */
const DOMESTIC = /^(?:(?:50|5[6-9]|6\d)\d{10}|1\d{14}|9\d{15})$/;
