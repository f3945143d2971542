import { describeDetector } from "../../../../testing/describe-detector.ts";
import { usSsnLabelled } from "./us-ssn-labelled.ts";

describeDetector(usSsnLabelled);
