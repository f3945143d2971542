import { describeDetector } from "../../../../testing/describe-detector.ts";
import { iban } from "./iban.ts";

describeDetector(iban);
