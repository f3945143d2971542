import { describeDetector } from "../../../../testing/describe-detector.ts";
import { nlBsnLabelled } from "./nl-bsn-labelled.ts";

describeDetector(nlBsnLabelled);
