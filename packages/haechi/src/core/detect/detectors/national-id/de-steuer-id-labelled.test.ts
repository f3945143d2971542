import { describeDetector } from "../../../../testing/describe-detector.ts";
import { deSteuerIdLabelled } from "./de-steuer-id-labelled.ts";

describeDetector(deSteuerIdLabelled);
