import type { Detector } from "../../../detector.ts";
import { token } from "./vendor-token.ts";

// Keys of logs, metrics, traces, alerts, analytics and feature flags.
export const observability: readonly Detector[] = [
  token({ id: "sentry-org-token", form: "sntrys_eyJ{[\\w+/=-]:60-500}" }),
  token({ id: "sentry-token", form: "sntry(u|a|i)_{hex:64}" }),
  token({
    id: "datadog-key",
    form: ["{base62:40}", "{base62:32}", "pub{hex:32}"],
    near: ["datadog", "ddog", "dd_api", "dd-api", "dd_app", "dd-app"],
  }),
  token({ id: "datadog-application-key", form: "ddapp_{base62:34-40}", random: true }),
  token({
    id: "new-relic-key",
    form: [
      "NRAK-{base62:27}",
      "NR(JS|BR|AA)-{hex:19}",
      "NRAA-{hex:27}",
      "NRI(I|Q)-{base64url:32}",
      "NR(RA|SP|MA)-{hex:36-46}",
      "NRSP-{[a-z]:2}{digit:2}{hex:28-34}",
    ],
  }),
  token({ id: "new-relic-license-key", form: ["eu01xx{hex:26-30}(FFFF|)NRAL", "{hex:32-36}(FFFF|)NRAL"] }),
  token({ id: "new-relic-legacy-key", form: ["{hex:40}", "{base62:64}"], near: ["new relic"] }),
  token({ id: "grafana-cloud-token", form: "glc_{base64:32-400}(==|=|)" }),
  token({ id: "grafana-service-account-token", form: ["glsa_{base62:32}_{Hex:8}", "glsa_{word:41}"] }),
  token({ id: "grafana-api-key", form: "eyJrIjoi{base64:60-400}(==|=|)" }),
  token({ id: "dynatrace-token", form: "dt0{[a-z]:1}{digit:2}.{base62:8-24}.{base62:64}" }),
  token({ id: "honeycomb-key", form: "hc(a|b|x)(ic|ik|lc|lk|mc|mk)_{lower:58}" }),
  token({
    id: "pagerduty-key",
    form: ["u+{base64url:18}", "{base64url:20}", "{hex:32}"],
    near: ["pagerduty", "pager duty"],
  }),
  token({ id: "sumo-logic-key", form: ["{base62:64}", "su{base62:12}"], near: ["sumo", "sumologic"] }),
  token({ id: "launchdarkly-key", form: "(api|sdk|mob)-{uuid}" }),
  token({ id: "launchdarkly-legacy-key", form: "{[\\w=-]:40}", near: ["launchdarkly", "launch darkly"] }),
  token({ id: "posthog-key", form: "ph(c|x|s)_{base62:40-50}" }),
  token({ id: "segment-public-api-token", form: "sgp_{base62:64}" }),
  token({
    id: "better-stack-token",
    form: "{base62:24}",
    near: ["logtail", "betterstack", "better stack", "better uptime"],
  }),
  token({ id: "honeybadger-token", form: "hbp_{base62:36}" }),
  token({ id: "axiom-token", form: "xa(at|pt|rt)-{uuid}" }),
  token({ id: "coralogix-key", form: "cx(tp|th|up|uh)_{base62:30}" }),
  token({ id: "checkly-key", form: "cu_{hex:32}" }),
  token({ id: "uptimerobot-key", form: "(u|m|ur){digit:6-10}-{hex:24-32}", random: true }),
  token({ id: "statsig-key", form: "(secret|console)-{base62:40-64}", random: true }),
  token({ id: "configcat-sdk-key", form: "configcat-sdk-{digit:1}/{base64url:22}/{base64url:22}" }),
  token({ id: "flagsmith-server-key", form: "ser.{base62:22}", near: ["flagsmith"] }),
  token({ id: "rootly-token", form: "rootly_{hex:64}" }),
  token({ id: "logicmonitor-token", form: "lm(a|b)_{base64url:40-80}", random: true }),
  token({ id: "fullstory-key", form: "na1.{base64:100}", random: true }),
  token({ id: "airbrake-user-key", form: "{digit:5-7}_{hex:40}", near: ["airbrake"] }),
  token({
    id: "named-observability-key",
    form: ["{uuid}", "{hex:64}", "{hex:40}", "{base62:32}", "{base62:22}"],
    near: [
      ..."sentry honeycomb mixpanel amplitude rollbar bugsnag loggly logzio logdna mezmo opsgenie geniekey airbrake".split(
        " ",
      ),
      ...["raygun", "appsignal", "splunk", "hec_token", "segment_write", "segment write", "logz.io", "statuspage"],
    ],
  }),
];
