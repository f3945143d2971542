import { describeDetector } from "../../../../testing/describe-detector.ts";
import { krMobilePhone } from "./kr-mobile-phone.ts";

describeDetector(krMobilePhone);
