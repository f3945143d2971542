import type { Detector } from "./detector.ts";
import { contactDetectors } from "./detectors/contact/contact-detectors.ts";
import { credentialDetectors } from "./detectors/credential/credential-detectors.ts";
import { financeDetectors } from "./detectors/finance/finance-detectors.ts";
import { healthDetectors } from "./detectors/health/health-detectors.ts";
import { identityDocumentDetectors } from "./detectors/identity-document/identity-document-detectors.ts";
import { injectionDetectors } from "./detectors/injection/injection-detectors.ts";
import { nationalIdDetectors } from "./detectors/national-id/national-id-detectors.ts";
import { networkDetectors } from "./detectors/network/network-detectors.ts";
import { personDetectors } from "./detectors/person/person-detectors.ts";
import { taxDetectors } from "./detectors/tax/tax-detectors.ts";

/**
 * Every built-in detector. Where two claim the same characters with equal right and
 * are equally sure, the one named first has them: the more telling shape before the looser one.
 */
export const builtInDetectors: readonly Detector[] = [
  ...credentialDetectors,
  ...financeDetectors,
  ...nationalIdDetectors,
  ...taxDetectors,
  ...healthDetectors,
  ...identityDocumentDetectors,
  ...contactDetectors,
  ...networkDetectors,
  ...personDetectors,
  ...injectionDetectors,
];
