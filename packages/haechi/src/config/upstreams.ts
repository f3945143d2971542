import type { Config } from "./schema.ts";

type Target = Config["target"];

/** An upstream as a configuration describes it, whichever way it was written. */
export interface ConfiguredUpstream {
  /** Null for the one of `target.upstream`. */
  readonly name: string | null;
  /** Where in the configuration it stands. */
  readonly path: string;
  readonly baseUrl: URL;
  readonly priority: number;
  readonly weight: number;
  readonly auth: { readonly path: string; readonly given: NonNullable<Target["auth"]> } | null;
  readonly tls: { readonly path: string; readonly given: NonNullable<Target["tls"]> } | null;
}

/** Every upstream of a configuration. */
export function configuredUpstreams({ target }: Pick<Config, "target">): readonly ConfiguredUpstream[] {
  const sharedAuth = target.auth === undefined ? null : { path: "target.auth", given: target.auth };
  const sharedTls = target.tls === undefined ? null : { path: "target.tls", given: target.tls };
  if (target.upstreams === undefined) {
    const baseUrl = new URL(target.upstream);
    const path = "target.upstream";
    return [{ name: null, path, baseUrl, priority: 0, weight: 1, auth: sharedAuth, tls: sharedTls }];
  }
  return target.upstreams.map(({ name, baseUrl, priority, weight, auth, tls }, at) => {
    const path = `target.upstreams[${at}]`;
    return {
      name,
      path: `${path}.baseUrl`,
      baseUrl: new URL(baseUrl),
      priority,
      weight,
      auth: auth === undefined ? sharedAuth : { path: `${path}.auth`, given: auth },
      tls: tls === undefined ? sharedTls : { path: `${path}.tls`, given: tls },
    };
  });
}

/** True where the gateway sends keys of its own, and those of clients stay here. */
export function sendsOwnKeys({ target }: Pick<Config, "target">): boolean {
  return configuredUpstreams({ target }).some(({ auth }) => auth !== null);
}
