import type { Detector } from "../../../detector.ts";
import { token } from "./vendor-token.ts";

// Tokens of the places where source code is kept and searched.
export const sourceHosting: readonly Detector[] = [
  // Personal, OAuth, user to server, server to server, refresh; those of apps may carry a JWT.
  token({
    id: "github-token",
    form: [
      "ghs_{digit:1-20}_eyJ{base64url:10-1000}.{base64url:10-4000}.{base64url:20-1000}",
      "gh(p|o|u|s|r)_{base62:36-255}",
    ],
    samples: { ignores: [{ text: `ghx_${"aB3d".repeat(9)}`, why: "no such kind" }] },
  }),
  token({ id: "github-fine-grained-token", form: "github_pat_{word:36-255}" }),
  token({
    id: "gitlab-token",
    form: [
      "gl(pat|rt|dt|ptt|ft|soat|agent|imt|ffct|oas|rtr|wt)-{base64url:20-300}.{lower:2}.{lower:9}",
      "gl(pat|rt|dt|ptt|ft|soat|agent|imt|ffct|oas|rtr|wt)-{base64url:20-300}.{lower:9}",
      "gl(pat|rt|dt|ptt|ft|soat|agent|imt|ffct|oas|rtr|wt)-{base64url:20-300}",
      "glcbt-{base62:1-5}_{base64url:20}",
      "glcbt-{base64url:20-300}",
    ],
  }),
  token({ id: "gitlab-runner-registration-token", form: "GR1348941{base64url:20}" }),
  token({ id: "gitlab-session-cookie", form: "_gitlab_session={hex:32}" }),
  token({ id: "bitbucket-app-password", form: "ATBB{base62:28-40}" }),
  token({ id: "bitbucket-access-token", form: "ATCTT3{[\\w=-]:80-260}" }),
  token({ id: "bitbucket-data-center-token", form: "BBDC-{base64:44}" }),
  token({
    id: "bitbucket-client-credential",
    form: ["{[\\w=-]:64}", "{base64:44}", "{base62:32}"],
    near: ["bitbucket"],
  }),
  token({
    id: "sourcegraph-token",
    form: ["sgp_local_{hex:40}", "sgp_{hex:16}_{hex:40}", "sgp_{hex:40}", "slk_{hex:64}"],
  }),
  token({ id: "phabricator-token", form: "(api|cli)-{lower:28}", random: true }),
  token({ id: "gitea-token", form: "{hex:40}", near: ["gitea", "forgejo", "codeberg", "gogs"] }),
  token({ id: "gitter-token", form: "{base64url:40}", near: ["gitter"] }),
];
