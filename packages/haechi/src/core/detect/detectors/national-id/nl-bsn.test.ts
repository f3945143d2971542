import { describeDetector } from "../../../../testing/describe-detector.ts";
import { nlBsn } from "./nl-bsn.ts";

describeDetector(nlBsn);
