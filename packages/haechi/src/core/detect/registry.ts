import type { Detector } from "./detector.ts";
import { email } from "./detectors/contact/email.ts";
import { internationalPhone } from "./detectors/contact/international-phone.ts";
import { krLandlinePhone } from "./detectors/contact/kr-landline-phone.ts";
import { krMobilePhone } from "./detectors/contact/kr-mobile-phone.ts";
import { krServicePhone } from "./detectors/contact/kr-service-phone.ts";
import { labelledPhone } from "./detectors/contact/labelled-phone.ts";
import { usPhone } from "./detectors/contact/us-phone.ts";
import { anthropicApiKey } from "./detectors/credential/anthropic-api-key.ts";
import { assignedSecret } from "./detectors/credential/assigned-secret.ts";
import { awsAccessKeyId } from "./detectors/credential/aws-access-key-id.ts";
import { basicCredentials } from "./detectors/credential/basic-credentials.ts";
import { bearerToken } from "./detectors/credential/bearer-token.ts";
import { githubFineGrainedToken } from "./detectors/credential/github-fine-grained-token.ts";
import { githubToken } from "./detectors/credential/github-token.ts";
import { googleApiKey } from "./detectors/credential/google-api-key.ts";
import { googleOauthClientSecret } from "./detectors/credential/google-oauth-client-secret.ts";
import { jwt } from "./detectors/credential/jwt.ts";
import { npmToken } from "./detectors/credential/npm-token.ts";
import { openaiApiKey } from "./detectors/credential/openai-api-key.ts";
import { pemPrivateKey } from "./detectors/credential/pem-private-key.ts";
import { sendgridApiKey } from "./detectors/credential/sendgrid-api-key.ts";
import { slackToken } from "./detectors/credential/slack-token.ts";
import { stripeLikeKey } from "./detectors/credential/stripe-like-key.ts";
import { twilioSid } from "./detectors/credential/twilio-sid.ts";
import { urlCredentials } from "./detectors/credential/url-credentials.ts";
import { iban } from "./detectors/finance/iban.ts";
import { labelledPaymentCard } from "./detectors/finance/labelled-payment-card.ts";
import { paymentCard } from "./detectors/finance/payment-card.ts";
import { concealFromUser } from "./detectors/injection/conceal-from-user.ts";
import { instructionOverride } from "./detectors/injection/instruction-override.ts";
import { promptMarkers } from "./detectors/injection/prompt-markers.ts";
import { roleReassignment } from "./detectors/injection/role-reassignment.ts";
import { toolInduction } from "./detectors/injection/tool-induction.ts";
import { deSteuerId } from "./detectors/national-id/de-steuer-id.ts";
import { deSteuerIdLabelled } from "./detectors/national-id/de-steuer-id-labelled.ts";
import { esDni } from "./detectors/national-id/es-dni.ts";
import { frNir } from "./detectors/national-id/fr-nir.ts";
import { inAadhaar } from "./detectors/national-id/in-aadhaar.ts";
import { inAadhaarLabelled } from "./detectors/national-id/in-aadhaar-labelled.ts";
import { itCodiceFiscale } from "./detectors/national-id/it-codice-fiscale.ts";
import { jpMyNumber } from "./detectors/national-id/jp-my-number.ts";
import { jpMyNumberLabelled } from "./detectors/national-id/jp-my-number-labelled.ts";
import { krRrn } from "./detectors/national-id/kr-rrn.ts";
import { krRrnLabelled } from "./detectors/national-id/kr-rrn-labelled.ts";
import { nlBsn } from "./detectors/national-id/nl-bsn.ts";
import { nlBsnLabelled } from "./detectors/national-id/nl-bsn-labelled.ts";
import { sgNric } from "./detectors/national-id/sg-nric.ts";
import { ukNino } from "./detectors/national-id/uk-nino.ts";
import { ukNinoLabelled } from "./detectors/national-id/uk-nino-labelled.ts";
import { usSsn } from "./detectors/national-id/us-ssn.ts";
import { usSsnLabelled } from "./detectors/national-id/us-ssn-labelled.ts";

/**
 * Every built-in detector. Where two claim the same characters with equal right, the
 * one named first has them: the more telling shape before the looser one.
 */
export const builtInDetectors: readonly Detector[] = [
  anthropicApiKey,
  openaiApiKey,
  githubToken,
  githubFineGrainedToken,
  slackToken,
  npmToken,
  googleOauthClientSecret,
  googleApiKey,
  awsAccessKeyId,
  stripeLikeKey,
  sendgridApiKey,
  twilioSid,
  pemPrivateKey,
  jwt,
  bearerToken,
  basicCredentials,
  urlCredentials,
  assignedSecret,
  krRrn,
  krRrnLabelled,
  frNir,
  paymentCard,
  labelledPaymentCard,
  iban,
  esDni,
  itCodiceFiscale,
  sgNric,
  usSsn,
  usSsnLabelled,
  ukNino,
  ukNinoLabelled,
  email,
  krMobilePhone,
  krLandlinePhone,
  krServicePhone,
  internationalPhone,
  usPhone,
  jpMyNumberLabelled,
  jpMyNumber,
  inAadhaarLabelled,
  inAadhaar,
  deSteuerIdLabelled,
  deSteuerId,
  nlBsnLabelled,
  nlBsn,
  labelledPhone,
  instructionOverride,
  roleReassignment,
  promptMarkers,
  concealFromUser,
  toolInduction,
];
