import type { Detector } from "../../../detector.ts";
import { token } from "./vendor-token.ts";

// Tokens of databases, of streams and of what computes over data, when a vendor runs them.
export const databasesAndData: readonly Detector[] = [
  token({ id: "planetscale-token", form: "pscale_(tkn|pw|oauth|sk|otkn)_{[\\w.=-]:32-64}" }),
  token({ id: "neon-api-key", form: ["napi_{lower:64}", "neon_api_{lower:40-80}"] }),
  token({
    id: "neon-password",
    form: "npg_{base62:12-24}",
    accepts: (match) => /\d/.test(match) && /[A-Z]/.test(match),
  }),
  token({ id: "mongodb-atlas-secret", form: "mdb_sa_sk_{base64url:40}" }),
  token({ id: "aiven-password", form: "AVNS_{base64url:15-25}" }),
  token({ id: "databricks-token", form: ["dapi{[\\da-h]:32}(-2|-3|-1|)", "dose{hex:32}", "dkea{hex:32}"] }),
  token({ id: "confluent-secret", form: "cflt{base64:60}" }),
  token({ id: "confluent-legacy-secret", form: ["{base64:64}", "{base62:16}"], near: ["confluent"] }),
  token({ id: "upstash-token", form: ["{base64url:36-110}(==|=|)", "{uuid}"], near: ["upstash"] }),
  token({ id: "xata-api-key", form: "xau_{base62:32-64}" }),
  token({ id: "fauna-secret", form: "fn{base64url:38}", near: ["fauna", "faunadb"] }),
  token({ id: "convex-deploy-key", form: "(prod|dev|preview):{[\\da-z-]:5-60}|{base64:60-200}(==|=|)" }),
  token({ id: "elastic-cloud-key", form: "essu_{base64:40-200}(==|=|)" }),
  token({ id: "dbt-cloud-token", form: ["dbt(c|u|s)_{base64url:40-80}"] }),
  token({ id: "influxdb-token", form: "{[\\w-]:86}==", near: ["influx", "influxdb"] }),
  token({ id: "apify-api-token", form: "apify_api_{base62:34-40}" }),
  token({ id: "prefect-api-key", form: "pn(u|b)_{base62:36}" }),
  token({ id: "datastax-token", form: "AstraCS:{base62:24}:{hex:64}" }),
  token({ id: "motherduck-token", form: "mdt_{base62:30-60}" }),
  token({ id: "tinybird-token", form: "p.eyJ{base64url:60-200}.{base64url:43}" }),
  token({ id: "cockroach-cloud-key", form: "CCDB1_{base62:22}_{base62:40}" }),
  token({ id: "databento-key", form: "db-{base62:29}", random: true }),
  token({ id: "tableau-token", form: "{base64:22}==:{base62:32}" }),
  token({
    id: "named-database-key",
    form: ["{uuid}", "{base62:64}", "{base62:32}"],
    near: ["mongodb atlas", "weaviate", "qdrant", "airbyte", "fivetran", "capella"],
  }),
  token({
    id: "elastic-api-key",
    form: "{base64:56-60}(==|=|)",
    near: ["elasticsearch", "elastic api", "elastic search"],
  }),
];
