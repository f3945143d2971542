// Exit code 0 when the gateway of this container answers. Host, port and scheme are read where the gateway reads them.
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";

const TIMEOUT_MS = 2500;
const { proxy } = { proxy: {}, ...JSON.parse(readFileSync("haechi.config.json", "utf8")) };
const { get } = proxy.tls ? https : http;

const request = get({
  host: "127.0.0.1",
  port: process.env.HAECHI_PROXY_PORT ?? proxy.port ?? 11016,
  path: "/__haechi/live",
  timeout: TIMEOUT_MS,
  // The certificate is made for the name that clients use; nothing is told to the gateway here that others may not see.
  rejectUnauthorized: false,
});
request.once("response", (response) => process.exit(response.statusCode === 200 ? 0 : 1));
request.once("timeout", () => process.exit(1));
request.once("error", () => process.exit(1));
