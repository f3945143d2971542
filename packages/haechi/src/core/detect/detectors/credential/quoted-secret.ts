import type { Detector } from "../../detector.ts";
import { lazily } from "../../lazily.ts";
import { isNoAssignment, QUOTED_VALUE } from "../../secrets/assignment.ts";
import { anyNameOf, SECRET_NAMES } from "../../secrets/secret-names.ts";
import { looksLikeToken } from "../../secrets/secret-value.ts";

const pattern = lazily(() => new RegExp(`${anyNameOf(SECRET_NAMES)}${QUOTED_VALUE}`, "i"));

// A literal under the name of a secret, a token or the key of an interface.
export const quotedSecret: Detector = {
  id: "quoted-secret",
  entityType: "secret",
  confidence: 0.85,
  anchor: {
    kind: "keyed",
    names: SECRET_NAMES,
    reach: 40,
    memberValue: /[^\r\n]{6,4000}/,
  },
  get pattern() {
    return pattern();
  },
  accepts: looksLikeToken,
  context: { rejects: isNoAssignment, reach: 100 },
  samples: {
    finds: [
      { text: '"client_secret" : "6da8aaf10b2c"', match: "6da8aaf10b2c", why: "blanks round the colon" },
      { text: '{\\"api_key\\":\\"9f8a7b6c5d4e\\"}', match: "9f8a7b6c5d4e", why: "JSON in a string of JSON" },
      { text: 'GENERIC_TOKEN := "aB3dE6gH"', match: "aB3dE6gH", why: "the assignment of Go" },
      { text: "AwsSecretKey => 'aB3d/E6gH+9'", match: "aB3d/E6gH+9", why: "camel case, an arrow" },
      { text: 'const apiKey: string = "aB3dE6gH9kL";', match: "aB3dE6gH9kL", why: "a type between" },
      { text: `let token: &'static str = "aB3dE6gH9kL";`, match: "aB3dE6gH9kL", why: "a type of Rust" },
      { text: '<add key="ApiKey" value="aB3dE6gH9kL"/>', match: "aB3dE6gH9kL", why: "an attribute beside the name" },
      { text: '{"name": "API_TOKEN", "value": "aB3dE6gH9kL"}', match: "aB3dE6gH9kL", why: "a member beside the name" },
      {
        text: 'variable "api_token" {\n  type = string\n  default = "aB3dE6gH9kL"\n}',
        match: "aB3dE6gH9kL",
        why: "Terraform",
      },
      { text: 'client.setApiKey("aB3dE6gH9kL")', match: "aB3dE6gH9kL", why: "the argument of a setter" },
      { text: 'os.getenv("API_TOKEN", "aB3dE6gH9kL")', match: "aB3dE6gH9kL", why: "a default" },
      { text: "process.env.API_TOKEN || 'aB3dE6gH9kL'", match: "aB3dE6gH9kL", why: "an alternative" },
    ],
    ignores: [
      { text: 'api_key="PORTKEY_API_KEY"', why: "the name of a variable" },
      { text: 'api_key: "your-api-key-123"', why: "a placeholder" },
      { text: 'token: "test-token-1234567890"', why: "words and a number that counts up" },
      { text: 'token: "keyword.operator2"', why: "the class of a token" },
      { text: 'apiKey: "settings.apiKey.label1"', why: "the key of a translation" },
      { text: 'token: "value2"', why: "the second of many" },
    ],
  },
};
