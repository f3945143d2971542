import { describeDetector } from "../../../../testing/describe-detector.ts";
import { googleApiKey } from "./google-api-key.ts";

describeDetector(googleApiKey);
