import { describeDetector } from "../../../../testing/describe-detector.ts";
import { anthropicApiKey } from "./anthropic-api-key.ts";

describeDetector(anthropicApiKey);
