import { describeDetector } from "../../../../testing/describe-detector.ts";
import { usPhone } from "./us-phone.ts";

describeDetector(usPhone);
