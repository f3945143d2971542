import type { Detector } from "../../detector.ts";

// What a kubeconfig identifies its user by: a key and a certificate in Base64.
export const kubeconfigData: Detector = {
  id: "kubeconfig-data",
  entityType: "secret",
  confidence: 0.9,
  anchor: {
    kind: "keyed",
    names: ["client-key-data", "client-certificate-data"],
    reach: 12,
    memberValue: /[A-Za-z\d+/]{24,8000}={0,2}/,
  },
  pattern:
    /(?:client-key-data|client-certificate-data)\\{0,3}["']?: {0,4}(?:\\{0,3}["'])?(?<value>LS0tLS1CRUdJTi[A-Za-z\d+/]{10,8000}={0,2})(?![\w+/=-])/,
  samples: {
    finds: [
      {
        text: `    client-key-data: LS0tLS1CRUdJTi${"BSU0EgUFJJVkFURSBL".repeat(2)}==`,
        match: `LS0tLS1CRUdJTi${"BSU0EgUFJJVkFURSBL".repeat(2)}==`,
        why: "a private key",
      },
      {
        text: `"client-certificate-data": "LS0tLS1CRUdJTi${"BDRVJUSUZJQ0FURS0t".repeat(2)}"`,
        match: `LS0tLS1CRUdJTi${"BDRVJUSUZJQ0FURS0t".repeat(2)}`,
        why: "a certificate, in JSON",
      },
    ],
    ignores: [
      { text: "client-key-data: REDACTED", why: "left out, as kubectl shows it" },
      { text: `certificate-authority-data: LS0tLS1CRUdJTi${"BDRVJUSUZJQ0FURS0t".repeat(2)}`, why: "of a cluster" },
    ],
  },
};
