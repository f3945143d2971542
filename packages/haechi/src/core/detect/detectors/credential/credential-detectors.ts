import type { Detector } from "../../detector.ts";
import { accountAndPassword } from "./account-and-password.ts";
import { ageSecretKey } from "./age-secret-key.ts";
import { assignedKey } from "./assigned-key.ts";
import { assignedSecret } from "./assigned-secret.ts";
import { authorizationHeader } from "./authorization-header.ts";
import { azureClientSecret } from "./azure-client-secret.ts";
import { azureKey } from "./azure-key.ts";
import { azureSharedAccessSignature } from "./azure-shared-access-signature.ts";
import { basicCredentials } from "./basic-credentials.ts";
import { bearerToken } from "./bearer-token.ts";
import { commandCredentials } from "./command-credentials.ts";
import { commandPassword } from "./command-password.ts";
import { connectionString } from "./connection-string.ts";
import { encodedCredentials } from "./encoded-credentials.ts";
import { jwkPrivateKey } from "./jwk-private-key.ts";
import { jwt } from "./jwt.ts";
import { kubeconfigData } from "./kubeconfig-data.ts";
import { namedPassword } from "./named-password.ts";
import { npmToken } from "./npm-token.ts";
import { pemPrivateKey } from "./pem-private-key.ts";
import { pgpassLine } from "./pgpass-line.ts";
import { pinCode } from "./pin-code.ts";
import { puttyPrivateKey } from "./putty-private-key.ts";
import { quotedPassword } from "./quoted-password.ts";
import { quotedSecret } from "./quoted-secret.ts";
import { seedPhrase } from "./seed-phrase.ts";
import { sentryDsn } from "./sentry-dsn.ts";
import { urlCredentials } from "./url-credentials.ts";
import { vendorDetectors } from "./vendors/vendor-detectors.ts";

export const credentialDetectors: readonly Detector[] = [
  npmToken,
  ...vendorDetectors,
  sentryDsn,
  pemPrivateKey,
  puttyPrivateKey,
  ageSecretKey,
  jwkPrivateKey,
  kubeconfigData,
  azureKey,
  azureClientSecret,
  azureSharedAccessSignature,
  jwt,
  bearerToken,
  basicCredentials,
  encodedCredentials,
  authorizationHeader,
  urlCredentials,
  connectionString,
  commandCredentials,
  commandPassword,
  pgpassLine,
  quotedPassword,
  quotedSecret,
  assignedSecret,
  assignedKey,
  namedPassword,
  seedPhrase,
  accountAndPassword,
  pinCode,
];
