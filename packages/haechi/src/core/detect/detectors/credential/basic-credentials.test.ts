import { describeDetector } from "../../../../testing/describe-detector.ts";
import { basicCredentials } from "./basic-credentials.ts";

describeDetector(basicCredentials);
