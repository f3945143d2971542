import { describeDetector } from "../../../../testing/describe-detector.ts";
import { krLandlinePhone } from "./kr-landline-phone.ts";

describeDetector(krLandlinePhone);
