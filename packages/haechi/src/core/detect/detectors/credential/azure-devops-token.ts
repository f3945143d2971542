import type { Detector } from "../../detector.ts";

// A personal access token of Azure DevOps in its first form: 52 characters of Base32 in
// lower case. Many things look so; the service must be named.
export const azureDevopsToken: Detector = {
  id: "azure-devops-token",
  entityType: "secret",
  confidence: 0.8,
  anchor: {
    kind: "keyed",
    names: ["azure", "devops", "visualstudio", "vsts", "ado", "tfs"],
    reach: 120,
    memberValue: /[a-z2-7]{52}/,
  },
  pattern:
    /(?<=(?:azure|devops|visualstudio|vsts|\bado\b|\btfs\b)[^\n]{0,100})(?<![\w+-])(?<value>[a-z2-7]{52})(?![\w+/-])/i,
  accepts: (match) => match === match.toLowerCase() && /\d/.test(match) && new Set(match).size >= 16,
  samples: {
    finds: [
      {
        text: `AZURE_DEVOPS_EXT_PAT=${"abcdefghijklmnopqrstuvwxyz234567"}${"q7w3e5r2t4y6u7i2o3p5"}`,
        match: `${"abcdefghijklmnopqrstuvwxyz234567"}${"q7w3e5r2t4y6u7i2o3p5"}`,
        why: "a token",
      },
    ],
    ignores: [
      { text: `${"abcdefghijklmnopqrstuvwxyz234567"}${"q7w3e5r2t4y6u7i2o3p5"}`, why: "nothing names the service" },
    ],
  },
};
