import { describeDetector } from "../../../../testing/describe-detector.ts";
import { githubFineGrainedToken } from "./github-fine-grained-token.ts";

describeDetector(githubFineGrainedToken);
