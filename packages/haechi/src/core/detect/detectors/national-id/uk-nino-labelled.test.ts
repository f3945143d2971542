import { describeDetector } from "../../../../testing/describe-detector.ts";
import { ukNinoLabelled } from "./uk-nino-labelled.ts";

describeDetector(ukNinoLabelled);
