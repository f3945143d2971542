import type { Detector } from "../../detector.ts";
import { assignedSecret } from "./assigned-secret.ts";
import { basicCredentials } from "./basic-credentials.ts";
import { bearerToken } from "./bearer-token.ts";
import { jwt } from "./jwt.ts";
import { npmToken } from "./npm-token.ts";
import { pemPrivateKey } from "./pem-private-key.ts";
import { urlCredentials } from "./url-credentials.ts";
import { vendorDetectors } from "./vendors/vendor-detectors.ts";

export const credentialDetectors: readonly Detector[] = [
  npmToken,
  ...vendorDetectors,
  pemPrivateKey,
  jwt,
  bearerToken,
  basicCredentials,
  urlCredentials,
  assignedSecret,
];
