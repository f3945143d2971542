import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HaechiError, type HaechiErrorCode } from "../core/errors.ts";
import { errorReplies, errorReplyFor } from "./error-reply.ts";
import { outcomeOf } from "./telemetry.ts";

describe("error replies", () => {
  const contract: [HaechiErrorCode, number, string][] = [
    ["TARGET_INVALID", 400, "haechi_invalid_proxy_target"],
    ["DOCUMENT_NOT_UTF8", 400, "haechi_request_body_not_utf8"],
    ["DOCUMENT_NOT_JSON", 400, "haechi_invalid_json_request"],
    ["UNAUTHENTICATED", 401, "haechi_auth_denied"],
    ["FORWARDED_PROTO_REQUIRED", 403, "haechi_forwarded_proto_required"],
    ["CLIENT_CERTIFICATE_REQUIRED", 403, "haechi_client_certificate_required"],
    ["MODEL_NOT_ALLOWED", 403, "haechi_model_not_allowed"],
    ["DOCUMENT_TOO_LARGE", 413, "haechi_request_body_too_large"],
    ["DOCUMENT_TOO_DEEP", 413, "haechi_request_too_deeply_nested"],
    ["REQUEST_TYPE_UNSUPPORTED", 415, "haechi_request_type_unsupported"],
    ["REQUEST_BODY_MALFORMED", 400, "haechi_request_body_malformed"],
    ["REQUEST_ENCODING_UNSUPPORTED", 415, "haechi_request_encoding_unsupported"],
    ["RATE_LIMITED", 429, "haechi_rate_limited"],
    ["STREAMING_UNSUPPORTED", 501, "haechi_streaming_unsupported"],
    ["STREAMING_UNINSPECTABLE", 501, "haechi_streaming_uninspectable_route"],
    ["UPSTREAM_UNREACHABLE", 502, "haechi_upstream_unreachable"],
    ["UPSTREAM_UNINSPECTABLE", 502, "haechi_response_unprotected"],
    ["UPSTREAM_TOO_LARGE", 502, "haechi_response_too_large"],
    ["OVERLOADED", 503, "haechi_overloaded"],
    ["AUDIT_UNWRITABLE", 503, "haechi_unavailable"],
    ["UPSTREAM_TIMEOUT", 504, "haechi_upstream_timeout"],
    ["CONFIG_INVALID", 500, "haechi_proxy_error"],
  ];
  for (const [code, status, error] of contract) {
    it(`say ${status} ${error} for ${code}`, () => {
      const reply = errorReplyFor(new HaechiError(code, "text that must not be returned"));
      assert.equal(reply.status, status);
      assert.equal(reply.error, error);
      assert.doesNotMatch(reply.message, /must not/);
    });
  }

  it("say nothing about what is not ours", () => {
    const reply = errorReplyFor(new TypeError("secret"));
    assert.deepEqual(reply, { status: 500, error: "haechi_proxy_error", message: "Internal proxy error" });
    assert.equal(outcomeOf(new TypeError("secret")), "internal_error");
  });

  it("have an outcome that is counted for every code", () => {
    for (const code of Object.keys(errorReplies) as HaechiErrorCode[]) {
      assert.match(outcomeOf(new HaechiError(code, "x")), /^[a-z_]+$/);
    }
  });
});
