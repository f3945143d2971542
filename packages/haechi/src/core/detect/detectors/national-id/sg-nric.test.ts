import { describeDetector } from "../../../../testing/describe-detector.ts";
import { sgNric } from "./sg-nric.ts";

describeDetector(sgNric);
