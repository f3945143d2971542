import { describeDetector } from "../../../../testing/describe-detector.ts";
import { bearerToken } from "./bearer-token.ts";

describeDetector(bearerToken);
