import { describeDetector } from "../../../../testing/describe-detector.ts";
import { krRrnLabelled } from "./kr-rrn-labelled.ts";

describeDetector(krRrnLabelled);
