import { describeDetector } from "../../../../testing/describe-detector.ts";
import { inAadhaar } from "./in-aadhaar.ts";

describeDetector(inAadhaar);
