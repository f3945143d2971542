import { describeDetector } from "../../../../testing/describe-detector.ts";
import { ukNino } from "./uk-nino.ts";

describeDetector(ukNino);
