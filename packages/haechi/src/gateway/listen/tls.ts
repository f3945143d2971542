/** Key and certificate as the TLS library takes them. They go from where they are read to the server and nowhere else. */
export type TlsMaterial = (
  | { readonly key: string | Buffer; readonly cert: string | Buffer }
  | { readonly pfx: string | Buffer; readonly passphrase?: string }
) & {
  /** Authorities whose certificates clients must show; nobody has to show one without. */
  readonly ca?: string | Buffer;
};
