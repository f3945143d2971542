import { describeDetector } from "../../../../testing/describe-detector.ts";
import { krRrn } from "./kr-rrn.ts";

describeDetector(krRrn);
