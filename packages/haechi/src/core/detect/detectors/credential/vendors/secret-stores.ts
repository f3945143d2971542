import type { Detector } from "../../../detector.ts";
import { token } from "./vendor-token.ts";

// What opens a store of secrets, and keys that stand for a whole store.
export const secretStores: readonly Detector[] = [
  token({ id: "vault-token", form: "hv(s|b|r).{base64url:24-300}", random: true }),
  token({ id: "vault-legacy-token", form: "(s|b|r).{base62:24}", near: ["vault", "token"] }),
  token({ id: "terraform-cloud-token", form: "{base62:14}.atlasv1.{[\\w=-]:60-70}" }),
  token({
    id: "doppler-token",
    form: [
      "dp.(pt|ct|sa|said|scim|audit).{base62:40-44}",
      "dp.st.{[\\w-]:2-40}.{base62:40-44}",
      "dp.st.{base62:40-44}",
    ],
  }),
  token({ id: "onepassword-service-account-token", form: "ops_eyJ{[\\w+/-]:100-4000}(==|=|)" }),
  token({
    id: "onepassword-secret-key",
    form: [
      "A3-{upper:6}-{upper:11}-{upper:5}-{upper:5}-{upper:5}",
      "A3-{upper:6}-{upper:6}-{upper:5}-{upper:5}-{upper:5}-{upper:5}",
      "A3-{upper:6}-{upper:6}-{upper:5}-{upper:5}-{upper:5}",
    ],
  }),
  token({ id: "infisical-token", form: "st.(0|1|2|3|4|5|6|7|8|9|a|b|c|d|e|f){hex:23}.{hex:32}.{hex:32}" }),
  token({ id: "bitwarden-access-token", form: "0.{uuid}.{base62:30}:{base64:22}==", near: ["bws_", "bitwarden"] }),
  token({ id: "dotenv-vault-key", form: "dotenv://:key_{hex:64}" }),
  token({ id: "pulumi-access-token", form: "pul-{hex:40}" }),
  token({ id: "stackhawk-api-key", form: "hawk.{base64url:20}.{base64url:20}" }),
  token({ id: "jumpcloud-api-key", form: ["jca_{base62:36}"] }),
  token({
    id: "duo-secret-key",
    form: "{base62:40}",
    near: ["duo secret", "duo key", "duo skey", "duo_", "integration secret"],
  }),
  token({ id: "defined-networking-token", form: "dnkey-{[\\w=-]:26}-{[\\w=-]:52}" }),
  token({
    id: "named-store-token",
    form: ["{uuid}", "{hex:40}"],
    near: ["consul_http_token", "consul token", "nomad_token", "nomad token", "jumpcloud"],
  }),
];
