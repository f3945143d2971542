import { describeDetector } from "../../../../testing/describe-detector.ts";
import { internationalPhone } from "./international-phone.ts";

describeDetector(internationalPhone);
