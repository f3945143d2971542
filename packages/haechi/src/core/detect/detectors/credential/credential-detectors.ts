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
import { encodedPrivateKey } from "./encoded-private-key.ts";
import { ethereumPrivateKey } from "./ethereum-private-key.ts";
import { jwkPrivateKey } from "./jwk-private-key.ts";
import { jwt } from "./jwt.ts";
import { kubeconfigData } from "./kubeconfig-data.ts";
import { madeUpPassword } from "./made-up-password.ts";
import { namedPassword } from "./named-password.ts";
import { networkDevicePassword } from "./network-device-password.ts";
import { npmToken } from "./npm-token.ts";
import { oneTimePasswordSeed } from "./one-time-password-seed.ts";
import { oracleConnect } from "./oracle-connect.ts";
import { passwordHash } from "./password-hash.ts";
import { pemPrivateKey } from "./pem-private-key.ts";
import { pgpassLine } from "./pgpass-line.ts";
import { pinCode } from "./pin-code.ts";
import { puttyPrivateKey } from "./putty-private-key.ts";
import { quotedPassword } from "./quoted-password.ts";
import { quotedSecret } from "./quoted-secret.ts";
import { seedPhrase } from "./seed-phrase.ts";
import { sentryDsn } from "./sentry-dsn.ts";
import { signedUrlSignature } from "./signed-url-signature.ts";
import { urlCredentials } from "./url-credentials.ts";
import { vendorDetectors } from "./vendors/vendor-detectors.ts";
import { walletPrivateKey } from "./wallet-private-key.ts";
import { wifiCode } from "./wifi-code.ts";
import { windowsPasswordHash } from "./windows-password-hash.ts";

export const credentialDetectors: readonly Detector[] = [
  npmToken,
  ...vendorDetectors,
  sentryDsn,
  pemPrivateKey,
  encodedPrivateKey,
  puttyPrivateKey,
  ageSecretKey,
  jwkPrivateKey,
  walletPrivateKey,
  ethereumPrivateKey,
  kubeconfigData,
  azureKey,
  azureClientSecret,
  azureSharedAccessSignature,
  signedUrlSignature,
  jwt,
  bearerToken,
  basicCredentials,
  encodedCredentials,
  authorizationHeader,
  urlCredentials,
  connectionString,
  oracleConnect,
  commandCredentials,
  commandPassword,
  pgpassLine,
  passwordHash,
  windowsPasswordHash,
  networkDevicePassword,
  oneTimePasswordSeed,
  wifiCode,
  quotedPassword,
  quotedSecret,
  assignedSecret,
  assignedKey,
  namedPassword,
  madeUpPassword,
  seedPhrase,
  accountAndPassword,
  pinCode,
];
