import { key, section } from "../key.ts";
import { flag, numberBetween, textMatching } from "../value-kinds.ts";

const endpoint = /^https?:\/\/[^\s/?#@\\]+(?:\/[^\s?#]*)?$/i;

export const telemetry = section("What is told to other systems about the work of the gateway.", {
  traces: section(
    "Traces for a collector of OpenTelemetry. They hold durations, counts, statuses and names of routes.",
    {
      enabled: key("Send traces.", flag, false),
      endpoint: key(
        "Where they are posted, path and all, as OTLP over HTTP in JSON.",
        textMatching(endpoint, "an http or https URL without user name, password, query and fragment"),
        "http://127.0.0.1:4318/v1/traces",
      ),
      headersEnv: key(
        "Environment variable with the headers that the collector asks for, as `name=value,name=value` with percent-encoded values; read at start.",
        textMatching(/^[A-Za-z_]\w*$/, "the name of an environment variable"),
      ),
      serviceName: key(
        "What the gateway is called in them.",
        textMatching(/^[A-Za-z0-9_.-]{1,64}$/, "up to 64 letters, digits, _ . and -"),
        "haechi",
      ),
      sampleRatio: key(
        "Share of the exchanges that are traced. One whose client is traced already is traced if the client's trace is.",
        numberBetween(0, 1),
        1,
      ),
    },
  ),
});
