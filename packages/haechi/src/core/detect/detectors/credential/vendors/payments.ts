import type { Detector } from "../../../detector.ts";
import { isPlaceholder, looksRandom } from "./randomness.ts";
import { token } from "./vendor-token.ts";

// Keys that move money.
export const payments: readonly Detector[] = [
  // Stripe in its modes, and the many that copy its form: Clerk, Paystack, WorkOS, ElevenLabs …
  token({
    id: "openai-like-key",
    type: "api_key",
    form: ["(sk|rk|pk)_(live|test|prod)_{base64url:10-250}", "(sk|rk|pk)_{base64url:24-250}"],
    accepts: (match) => (looksRandom(match) || isOfStripe(match)) && !isPlaceholder(match),
    samples: {
      finds: [
        {
          text: `key=pk_${"aB3-dE6g".repeat(4)}fH9kLmN2pQ4rS.`,
          match: `pk_${"aB3-dE6g".repeat(4)}fH9kLmN2pQ4rS`,
          why: "sentence end",
        },
      ],
      ignores: [
        { text: "sk_buff_head_init_class_list", why: "an identifier of the Linux kernel" },
        { text: "sk_X509_NAME_ENTRY_set_cmp_func", why: "an identifier of OpenSSL" },
        { text: "sk_live_key_of_the_customer", why: "a name" },
      ],
    },
  }),
  token({ id: "stripe-webhook-secret", form: "whsec_{[\\w+/=]:24-90}" }),
  token({ id: "toss-payments-key", form: "(live|test)_(sk|gsk|ck|gck)_{base62:20-64}" }),
  token({ id: "square-token", form: ["sq0(atp|csp|idp|idb)-{base64url:22-60}", "EAAA{base64url:60}"] }),
  token({
    id: "braintree-access-token",
    form: "access_token{[$]:1}(production|sandbox){[$]:1}{lower:16}{[$]:1}{hex:32}",
  }),
  token({ id: "braintree-tokenization-key", form: "(production|sandbox)_{lower:8}_{lower:16}" }),
  token({ id: "paypal-credential", form: "(A|E){base64url:79}", near: ["paypal"] }),
  token({ id: "plaid-token", form: "(access|public|link|processor)-(sandbox|development|production)-{uuid}" }),
  token({ id: "plaid-secret", form: ["{hex:30}", "{hex:24}", "{lower:24}", "{lower:30}"], near: ["plaid"] }),
  token({ id: "razorpay-key", form: "rzp_(live|test)_{base62:14-24}" }),
  token({ id: "adyen-api-key", form: "AQE{[\\w+/=*-]:80-250}", random: true }),
  token({ id: "gocardless-token", form: "(live|sandbox)_{[\\w=-]:40}", near: ["gocardless"] }),
  token({
    id: "flutterwave-key",
    form: [
      "FLW(SECK|PUBK)(_TEST|)-{[\\da-h]:32}-X",
      "FLW(SECK|PUBK)(_TEST|){[\\da-h]:12}",
      "FLWSECK_TEST-{[\\da-h]:12}",
    ],
  }),
  token({ id: "mode-prefixed-key", form: "(live|test)_{base62:30-64}", random: true }),
  token({ id: "lob-key", form: "(live|test)_pub_{hex:31}" }),
  token({ id: "klarna-api-key", form: "klarna_(live|test|playground)_api_{[\\w+/=*-]:30-120}" }),
  token({ id: "paddle-api-key", form: "pdl_(live|sdbx)_apikey_{base62:26}_{base62:22}_{base62:3}" }),
  token({ id: "mercury-token", form: "secret-token:mercury_(production|sandbox)_{[\\w-]:30-90}" }),
  token({ id: "brex-token", form: "bxt_{base62:30-50}" }),
  token({ id: "omise-key", form: "skey_(test_|){lower:19-24}" }),
  token({ id: "xendit-key", form: "xnd_(production|development)_{base62:40-64}" }),
  token({ id: "midtrans-key", form: "(SB-|)Mid-(server|client)-{base64url:20-30}" }),
  token({
    id: "mercadopago-token",
    form: [
      "APP_USR-{digit:12-20}-{digit:6}-{hex:32}-{digit:5-12}",
      "TEST-{digit:12-20}-{digit:6}-{hex:32}-{digit:5-12}",
    ],
  }),
  token({ id: "conekta-key", form: "key_{base62:22}", random: true }),
  token({ id: "easypost-key", form: "EZ(A|T)K{base62:54}" }),
  token({ id: "shippo-token", form: "shippo_(live|test)_{Hex:40}" }),
  token({ id: "duffel-token", form: "duffel_(live|test)_{[\\w=-]:43}" }),
  token({ id: "alpaca-secret", form: ["(PK|AK|CK){upper:18}", "{base62:40}"], near: ["alpaca", "apca"] }),
  token({ id: "polar-token", form: "polar_(oat|pat|at_u|at_o|rt_u|rt_o|cs|ci|crt|cst|whs)_{base62:30-64}" }),
  token({ id: "prefixed-key", form: "key_{base62:40}", random: true }),
  token({ id: "ramp-credential", form: "ramp_(id|sec)_{base62:40-64}" }),
  token({
    id: "named-payment-key",
    form: ["{uuid}", "{base62:50}", "{base62:32}", "{base62:24}", "{lower:20}"],
    near: ["braintree", "recurly", "transferwise", "wise api", "dwolla", "finicity", "finnhub", "razorpay", "zuora"],
  }),
];

/** A mode and a body without words: letters and digits, or 24 letters and more that are not parts of a name. */
function isOfStripe(key: string): boolean {
  const [, body] = /^[srp]k_(?:live|test|prod)_([A-Za-z\d]{10,})$/.exec(key) ?? [];
  return body !== undefined && (/\d/.test(body) || body.length >= 24);
}
