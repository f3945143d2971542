import { passesLuhn } from "../../checksums/luhn.ts";
import type { Detector } from "../../detector.ts";
import { digitsOf } from "../../numbering/digits-of.ts";

// A card number in any grouping, or of a domestic issuer (Korean 9xxx), found
// because it is called a card.
export const labelledPaymentCard: Detector = {
  id: "labelled-card",
  entityType: "card",
  confidence: 0.7,
  anchor: { kind: "digits", run: 2 },
  pattern: /(?<![\w.-])(?:[2-9]\d{1,7}(?:[ ./-]\d{2,8}){1,8}|9\d{15})(?![\w-])/,
  accepts: (match) => {
    const digits = digitsOf(match);
    return digits.length >= 14 && digits.length <= 19 && passesLuhn(digits);
  },
  context: {
    requires:
      "card,cards,cardnumber,creditcard,visa,mastercard,amex,maestro,cvc,cvv,카드,カード,银行卡,信用卡,kreditkarte,karte,kartennummer,carte,carta,tarjeta,cartão".split(
        ",",
      ),
    forbids: ["imei", "iccid", "sim card", "graphics card"],
    reach: 40,
  },
  samples: {
    finds: [
      { text: "card 42 4242 4242 4242 42", match: "42 4242 4242 4242 42", why: "an unusual grouping" },
      { text: "카드번호 9410-1234-5678-9010", match: "9410-1234-5678-9010", why: "a Korean domestic card" },
    ],
    ignores: [
      { text: "42 4242 4242 4242 42", why: "nothing calls it a card" },
      { text: "card 42 4242 4242 4242 43", why: "the check digit is wrong" },
      { text: "card 2024-01-31 12", why: "a date" },
    ],
  },
};
