import { describeDetector } from "../../../../testing/describe-detector.ts";
import { openaiApiKey } from "./openai-api-key.ts";

describeDetector(openaiApiKey);
