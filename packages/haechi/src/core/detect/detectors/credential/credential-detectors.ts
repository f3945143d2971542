import type { Detector } from "../../detector.ts";
import { anthropicApiKey } from "./anthropic-api-key.ts";
import { assignedSecret } from "./assigned-secret.ts";
import { awsAccessKeyId } from "./aws-access-key-id.ts";
import { basicCredentials } from "./basic-credentials.ts";
import { bearerToken } from "./bearer-token.ts";
import { githubFineGrainedToken } from "./github-fine-grained-token.ts";
import { githubToken } from "./github-token.ts";
import { googleApiKey } from "./google-api-key.ts";
import { googleOauthClientSecret } from "./google-oauth-client-secret.ts";
import { jwt } from "./jwt.ts";
import { npmToken } from "./npm-token.ts";
import { openaiApiKey } from "./openai-api-key.ts";
import { pemPrivateKey } from "./pem-private-key.ts";
import { sendgridApiKey } from "./sendgrid-api-key.ts";
import { slackToken } from "./slack-token.ts";
import { stripeLikeKey } from "./stripe-like-key.ts";
import { twilioSid } from "./twilio-sid.ts";
import { urlCredentials } from "./url-credentials.ts";

export const credentialDetectors: readonly Detector[] = [
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
];
