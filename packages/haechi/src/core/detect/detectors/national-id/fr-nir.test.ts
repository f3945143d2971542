import { describeDetector } from "../../../../testing/describe-detector.ts";
import { frNir } from "./fr-nir.ts";

describeDetector(frNir);
