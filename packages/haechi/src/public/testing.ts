export {
  type AuthConformanceOptions,
  type AuthVectors,
  assertAuthProviderConformance,
  type CredentialHeaders,
  type MadeUpSubject,
} from "../testing/auth-provider-conformance.ts";
export { type CorpusCase, type CorpusSpan, loadCorpus } from "../testing/corpus.ts";
export { fillTemplates } from "../testing/corpus-template.ts";
export { assertCryptoProviderConformance } from "../testing/crypto-provider-conformance.ts";
export { describeDetector } from "../testing/describe-detector.ts";
export { type DetectionScore, scoreDetection, type TypeScore } from "../testing/score-detection.ts";
