import { describeDetector } from "../../../../testing/describe-detector.ts";
import { krServicePhone } from "./kr-service-phone.ts";

describeDetector(krServicePhone);
