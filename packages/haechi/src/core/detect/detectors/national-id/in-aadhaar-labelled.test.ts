import { describeDetector } from "../../../../testing/describe-detector.ts";
import { inAadhaarLabelled } from "./in-aadhaar-labelled.ts";

describeDetector(inAadhaarLabelled);
