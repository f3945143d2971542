import type { Detector } from "../../../detector.ts";
import { isPlaceholder, looksRandomThroughout } from "./randomness.ts";
import { token } from "./vendor-token.ts";

// Keys of what sends mail and letters to lists.
export const emailDelivery: readonly Detector[] = [
  // An id of 22 and a secret of 43 characters.
  token({
    id: "sendgrid-api-key",
    type: "api_key",
    form: ["SG.{base64url:22}.{base64url:43}", "SG.{[\\w=.-]:66}"],
    accepts: (match) => looksRandomThroughout(match.slice(3)) && !isPlaceholder(match),
  }),
  token({ id: "mailgun-key", form: "(key|pubkey)-{lower:32}", random: true }),
  token({
    id: "mailgun-signing-key",
    form: ["{[\\da-h]:32}-{[\\da-h]:8}-{[\\da-h]:8}", "{hex:32}"],
    near: ["mailgun"],
  }),
  token({ id: "mailchimp-key", form: "{hex:32}-us{digit:1-2}" }),
  token({ id: "mandrill-key", form: "md-{base64url:22}", random: true }),
  token({ id: "mandrill-legacy-key", form: "{base64url:22}", near: ["mandrill"] }),
  token({ id: "brevo-key", form: "x(keysib|smtpsib)-{hex:64}-{base62:16}" }),
  token({ id: "resend-key", form: ["re_{base62:8}_{base62:20-32}"] }),
  token({ id: "mailersend-token", form: "mlsn.{hex:64}" }),
  token({ id: "smtp2go-key", form: "api-{Hex:32}" }),
  token({ id: "klaviyo-key", form: "pk_{hex:34}" }),
  token({ id: "nylas-key", form: "nyk_v0_{base62:64}" }),
  token({
    id: "named-mail-key",
    form: ["{uuid}", "{hex:40}", "{hex:32}", "{lower:30}", "{hex:20}"],
    near: [
      ..."mailchimp postmark mailjet mailtrap sparkpost nylas customerio sendpulse".split(" "),
      ...["customer io", "hunter io", "hunter api", "elastic email"],
    ],
  }),
];
