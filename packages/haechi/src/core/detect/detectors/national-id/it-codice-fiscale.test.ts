import { describeDetector } from "../../../../testing/describe-detector.ts";
import { itCodiceFiscale } from "./it-codice-fiscale.ts";

describeDetector(itCodiceFiscale);
