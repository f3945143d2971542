import type { Detector } from "../../../detector.ts";
import { isPlaceholder, looksRandomThroughout } from "./randomness.ts";
import { token } from "./vendor-token.ts";

// Keys of clouds and of the platforms on which programs run.
export const cloudPlatforms: readonly Detector[] = [
  // IAM unique identifiers: four letters for the kind of key, sixteen more.
  token({
    id: "aws-access-key-id",
    type: "api_key",
    form: "A(KIA|SIA|BIA|CCA){upper:16}",
    samples: {
      ignores: [
        { text: `AKIA${"IOSFODNN7"}EXAMPLE`, why: "the key of the documentation" },
        { text: `AKIA${"Q7".repeat(8)}Q`, why: "one too long" },
        { text: `akia${"q7".repeat(8)}`, why: "lower case" },
      ],
    },
  }),
  token({
    id: "aws-secret-access-key",
    form: "{base64:40}",
    near: [
      "aws secret",
      "aws key",
      "aws access",
      "aws credentials",
      "amazon",
      "secret access key",
      "secret key",
      "akia",
      "asia",
    ],
    accepts: isAwsSecret,
  }),
  // In a table, a call or a sentence, with no name of its own but behind the key id.
  {
    id: "aws-key-pair",
    entityType: "secret",
    confidence: 0.9,
    anchor: { kind: "keyed", names: ["akia", "asia"], reach: 80, memberValue: /[A-Za-z\d+/]{40}/ },
    pattern:
      /(?<=A[KS]IA[\dA-Z]{16}(?![\dA-Za-z])[^\dA-Za-z+/]{1,8}(?:[a-z]{1,8}[^\dA-Za-z+/]{1,6}){0,4})[A-Za-z\d+/]{40}(?![\w+/=])/,
    accepts: isAwsSecret,
    samples: {
      finds: [
        {
          text: `new BasicCredentials("AKIA${"Q7W3".repeat(4)}", "${"aB3+x9Kd".repeat(5)}")`,
          match: "aB3+x9Kd".repeat(5),
          why: "the argument behind the id",
        },
        {
          text: `AKIA${"Q7W3".repeat(4)},${"aB3+x9Kd".repeat(5)}`,
          match: "aB3+x9Kd".repeat(5),
          why: "the column behind the id",
        },
        {
          text: `keys AKIA${"Q7W3".repeat(4)} and ${"aB3+x9Kd".repeat(5)}`,
          match: "aB3+x9Kd".repeat(5),
          why: "a sentence",
        },
      ],
      ignores: [{ text: `AKIA${"Q7W3".repeat(4)} ${"9f8a7b6c".repeat(5)}`, why: "a digest" }],
    },
  },
  token({ id: "aws-session-token", form: "(IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz){[\\w+/%]:60-2000}(==|=|)" }),
  token({ id: "aws-mws-token", form: "amzn.mws.{uuid}" }),
  token({ id: "aws-appsync-key", form: "da2-{lower:26}", random: true }),
  token({ id: "amazon-oauth-client-secret", form: "amzn1.oa2-cs.v1.{hex:64}" }),
  token({ id: "amazon-login-token", form: "(Atza|Atzr)|{[\\w+/=-]:100-2000}" }),
  token({ id: "google-api-key", type: "api_key", confidence: 0.9, form: "AIza{base64url:35}" }),
  token({ id: "google-oauth-client-secret", form: "GOCSPX-{base64url:28}" }),
  token({
    id: "google-oauth-access-token",
    form: ["ya29.{base64url:20-2000}", "ya29.{lower:1-4}.{base64url:20-2000}"],
  }),
  token({ id: "google-oauth-refresh-token", form: "1//{base64url:3-20}CgYIARAA{base64url:30-120}" }),
  token({
    id: "google-named-refresh-token",
    form: "1//0{base64url:40-160}",
    near: ["google", "gmail", "refresh token", "refresh"],
  }),
  token({ id: "google-hmac-access-id", form: ["GOOG1E{upper:55}", "GOOG{upper:20}"] }),
  token({ id: "firebase-server-key", form: "AAAA{base64url:7}:APA91b{base64url:120-150}" }),
  token({ id: "digitalocean-token", form: "do(p|o|r)_v1_{hex:64}" }),
  token({ id: "digitalocean-spaces-key", form: "DO(00|801){upper:16-18}", random: true }),
  token({ id: "heroku-api-key", form: ["HRKU-AA{base64url:58}", "HRKU-{uuid}"] }),
  token({ id: "vercel-token", form: "vc(p|i|a|r|k)_{base62:24-64}", random: true }),
  token({ id: "netlify-token", form: "nf(p|c|o|u|b)_{base62:36-40}" }),
  token({
    id: "fly-token",
    form: ["FlyV1 {[\\w+/=,]:80-4000}", "fo1_{base64url:43}", "fm(2_|1r_|1a_){base64:80-4000}(==|=|)"],
  }),
  token({ id: "render-api-key", form: "rnd_{base62:28-40}", random: true }),
  token({ id: "cloudflare-origin-ca-key", form: "v1.0-{hex:24}-{hex:140-150}" }),
  token({ id: "cloudflare-token", form: "cf(k|ut|at)_{base62:40-60}" }),
  token({
    id: "cloudflare-api-token",
    form: ["{base64url:40}", "{hex:37}"],
    near: ["cloudflare", "cf_api", "cf_token", "cf_key", "x-auth-key"],
  }),
  token({ id: "scaleway-access-key", form: "SCW{upper:17}" }),
  token({ id: "alibaba-access-key-id", form: "LTAI{base62:12-26}", random: true }),
  token({ id: "tencent-secret-id", form: "AKID{base62:32}" }),
  token({ id: "naver-cloud-access-key", form: "ncp_iam_{base62:20-40}", random: true }),
  token({ id: "lambda-cloud-key", form: "secret_{[\\w-]:1-40}_{hex:32}.{base62:32}" }),
  token({ id: "volcengine-access-key-id", form: "AKLT{base62:40-60}(==|=|)" }),
  token({ id: "yandex-api-key", form: "AQVN{base64url:35-38}" }),
  token({ id: "yandex-oauth-token", form: "y(0|1|2|3)_{base64url:35-70}", random: true }),
  token({ id: "yandex-iam-token", form: "t1.{base64url:20-400}(==|=|).{base64url:86}(==|=|)" }),
  token({ id: "yandex-access-secret", form: "YC{base64url:38}", near: ["yandex", "yc_secret", "ycsecret"] }),
  token({ id: "supabase-token", form: ["sbp_{hex:40}", "sbp_oauth_{hex:40}", "sbp_v0_{hex:40}"] }),
  token({ id: "supabase-secret-key", form: "sb_secret_{base64url:31-40}" }),
  token({ id: "ngrok-token", form: "{base62:25-30}_{base62:20-24}", near: ["ngrok"] }),
  token({ id: "tailscale-key", form: "tskey-(auth|api|client|scim|webhook)-{base62:8-24}-{base62:20-48}" }),
  token({ id: "deno-deploy-token", form: "dd(p|o|w)_{base62:36}" }),
  token({
    id: "backblaze-application-key",
    form: "K00{digit:1}{base64:27}",
    near: ["backblaze", "b2 application", "b2 app", "b2 key", "b2 account"],
  }),
  token({ id: "tigris-secret-key", form: "tsec_{[\\w+/-]:40-90}" }),
  token({ id: "exoscale-api-key", form: "EXO{hex:24}" }),
  token({ id: "openshift-token", form: "sha256~{base64url:43}" }),
  token({
    id: "alibaba-access-key-secret",
    form: "{base62:30}",
    near: ["alibaba", "aliyun", "alicloud", "accesskeysecret"],
  }),
  token({ id: "vercel-legacy-token", form: "{base62:24}", near: ["vercel", "zeit"] }),
  token({ id: "netlify-legacy-token", form: "{[\\w=-]:40-46}", near: ["netlify"] }),
  token({ id: "vultr-api-key", form: "{upper:36}", near: ["vultr"] }),
  token({
    id: "ibm-cloud-key",
    form: ["{hex:64}", "{hex:48}", "{base64url:44}"],
    near: [
      "ibm cloud",
      "ibm api",
      "ibm key",
      "ibm iam",
      "bluemix",
      "watson",
      "watsonx",
      "cloudant",
      "softlayer",
      "cos_hmac",
    ],
  }),
  token({
    id: "named-cloud-key",
    form: ["{uuid}", "{base62:64}", "{base62:40}", "{[\\w=-]:32}"],
    near: [
      ..."heroku railway scaleway scw_ linode hetzner hcloud tencent qcloud huawei huaweicloud ovh_ koyeb fastly".split(
        " ",
      ),
      ...["meraki", "contabo", "upcloud", "kinsta", "packet_auth", "equinix"],
    ],
  }),
  token({ id: "clickhouse-cloud-key", form: "4b1d{base62:38}" }),
  token({ id: "vercel-blob-token", form: "vercel_blob_rw_{base62:16}_{base62:30}" }),
  token({ id: "salad-cloud-key", form: "salad_cloud_{base62:4-12}_{base62:40}" }),
  // Before they carried a mark, keys of registries had but the name of the service in them.
  token({ id: "azure-container-registry-key", form: "{base64:42}+ACR{base64:6}", random: true }),
  token({ id: "azure-instrumentation-key", form: "{uuid}", near: ["instrumentation key"] }),
  token({
    id: "named-azure-key",
    form: ["{base64:86}==", "{base64url:54-56}==", "{base62:52}"],
    near: [
      ..."azure cosmos cosmosdb".split(" "),
      ...["functions key", "function key", "batch key", "storage key", "account key", "search key", "search admin"],
      ...["primary key", "secondary key"],
    ],
  }),
  token({ id: "azure-service-key", form: ["{Hex:32}", "{lower:52}"], near: ["azure", "apim", "devops", "vsts"] }),
];

function isAwsSecret(match: string): boolean {
  return /[A-Z]/.test(match) && looksRandomThroughout(match) && !isPlaceholder(match);
}
