export {
  createUpstreamGroup,
  type GroupMember,
  type GroupOptions,
  type UpstreamGroup,
} from "../engine/upstream-group.ts";
export { createGatewayServer, type GatewayServer, type GatewayServerOptions } from "../gateway/create-gateway.ts";
export type { Gateway } from "../gateway/gateway.ts";
export { type BindDecision, type BindRequest, decideBind } from "../gateway/listen/bind-rule.ts";
export {
  type ChosenUpstream,
  UPSTREAM_FAULTS,
  type Upstream,
  type UpstreamFault,
  type UpstreamRequest,
  type UpstreamResponse,
  type Upstreams,
} from "../ports/upstream.ts";
export { createHttpUpstream, type HttpUpstreamOptions } from "../providers/upstream/http-upstream.ts";
export { type RunningGateway, type StartOptions, startGateway } from "../runtime/start-gateway.ts";
export { PACKAGE_VERSION } from "../runtime/version.ts";
