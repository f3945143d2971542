import { describeDetector } from "../../../../testing/describe-detector.ts";
import { labelledPhone } from "./labelled-phone.ts";

describeDetector(labelledPhone);
