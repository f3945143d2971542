import type { Detector } from "../../../detector.ts";
import { token } from "./vendor-token.ts";

// Tokens of what builds and checks code, and of what it is published to.
export const ciAndRegistries: readonly Detector[] = [
  token({ id: "npmrc-auth-token", form: ["{uuid}", "{[\\w+/-]:20-400}(==|=|)"], near: ["_authtoken", "_auth"] }),
  token({ id: "pypi-token", form: "pypi-AgE{base64url:50-1000}" }),
  token({ id: "rubygems-api-key", form: "rubygems_{hex:48}" }),
  token({ id: "docker-token", form: "dckr_(pat|oat)_{base64url:27-40}" }),
  token({ id: "jfrog-api-key", form: "AKCp{base62:60-80}" }),
  token({ id: "jfrog-reference-token", form: "cmVmdGtu{base62:56}" }),
  token({
    id: "jfrog-legacy-api-key",
    form: ["{base62:73}", "{base64url:64}"],
    near: ["jfrog", "artifactory", "x-jfrog-art-api"],
  }),
  token({ id: "nuget-api-key", form: "oy2{lower:43}" }),
  token({ id: "cargo-token", form: "cio{base62:32}", random: true }),
  token({ id: "clojars-token", form: "CLOJARS_{lower:60}" }),
  token({ id: "packagist-token", form: "packagist_{[a-z]:3}_{hex:40-100}" }),
  token({ id: "open-vsx-token", form: "ovsxat_{uuid}" }),
  token({ id: "circleci-token", form: "CCI(PAT|PRJ)_{base62:20-24}_{hex:40}" }),
  token({ id: "buildkite-token", form: "bk(ua|pt|ct|at|aj)_{hex:40}" }),
  token({ id: "travis-token", form: "{base64url:20-22}", near: ["travis", "travis ci"] }),
  token({ id: "sonar-token", form: "sq(p|u|a)_{hex:40}" }),
  token({ id: "snyk-token", form: "snyk_(uat|sat).{hex:8}.{[\\w.-]:40-400}" }),
  token({ id: "codefresh-token", form: "{hex:24}.{hex:32}", near: ["codefresh"] }),
  token({ id: "appveyor-token", form: "v2.{lower:20}", near: ["appveyor"] }),
  token({ id: "octopus-api-key", form: "API-{upper:25-31}", random: true }),
  token({ id: "harness-token", form: "(pat|sat).{base64url:22}.{hex:24}.{base62:20}" }),
  token({ id: "depot-token", form: "depot_(org|project|user)_{base62:40-80}" }),
  token({ id: "wakatime-key", form: "waka_(sec_|tok_|){uuid}" }),
  token({ id: "deepsource-token", form: "dsp_{base62:40}" }),
  token({ id: "browserstack-access-key", form: "{base62:20}", near: ["browserstack"] }),
  token({ id: "contribsys-credential", form: "{hex:8}:{hex:8}", near: ["contribsys", "bundle_gems__contribsys__com"] }),
  token({ id: "socket-token", form: "sktsec_{base64url:40-90}" }),
  token({ id: "inngest-signing-key", form: "signkey-(prod|test|branch)-{hex:32-64}" }),
  token({ id: "trigger-dev-key", form: "tr_(dev|prod|stg|preview)_{base62:20-24}" }),
  token({ id: "sonar-legacy-token", form: "{[\\w=-]:40}", near: ["sonar", "sonarqube", "sonarcloud"] }),
  token({ id: "dependency-track-key", form: ["odt_{base62:8}_{base62:32}", "odt_{base62:32}"] }),
  token({ id: "infracost-key", form: "ico-{base62:32}" }),
  token({
    id: "named-ci-token",
    form: ["{uuid}", "{hex:64}", "{[\\w-]:40}", "11{hex:32}", "{base62:32}"],
    near: [
      ..."snyk codecov coveralls droneci drone_token drone_secret circleci circle_token saucelabs semgrep jenkins".split(
        " ",
      ),
      ..."codeclimate cc_test_reporter_id codacy hexpm hex_api_key expo_token cypress_record cloudsmith".split(" "),
    ],
  }),
];
