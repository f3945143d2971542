import { describeDetector } from "../../../../testing/describe-detector.ts";
import { githubToken } from "./github-token.ts";

describeDetector(githubToken);
