import type { TlsPaths } from "../config/sections/proxy-tls.ts";
import { loadTlsMaterial, tlsFilesOf } from "../config/tls-material.ts";
import { isHaechiError } from "../core/errors.ts";
import type { GatewayServer } from "../gateway/create-gateway.ts";
import type { Logger } from "../ports/logger.ts";
import { watchFiles } from "../providers/system/watch-files.ts";

/** Serves with the files behind `proxy.tls` as they are whenever they change; the returned function ends that. */
export function reloadTls(
  paths: TlsPaths,
  server: Pick<GatewayServer, "secure">,
  logger: Logger,
  intervalMs?: number,
): () => void {
  const reload = () => {
    try {
      server.secure(loadTlsMaterial(paths));
      logger.info("proxy_tls_reloaded");
    } catch (error) {
      // Files are replaced one after the other: a key without its certificate is a moment on the way.
      logger.warn("proxy_tls_unusable", { why: isHaechiError(error) ? error.message : "unknown" });
    }
  };
  return watchFiles(tlsFilesOf(paths), reload, intervalMs);
}
