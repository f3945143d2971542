import { describeDetector } from "../../../../testing/describe-detector.ts";
import { urlCredentials } from "./url-credentials.ts";

describeDetector(urlCredentials);
