import { describeDetector } from "../../../../testing/describe-detector.ts";
import { pemPrivateKey } from "./pem-private-key.ts";

describeDetector(pemPrivateKey);
