/** Who is calling, without anything that names them: raw subject and issuer are never kept. */
export interface Identity {
  readonly id: string;
  readonly type: "user" | "service" | "agent";
  /** Keyed hash (hex) of the subject; null when there is none. */
  readonly subjectHash: string | null;
  /** Keyed hash (hex) of the issuer; null when there is none. */
  readonly issuerHash: string | null;
  readonly provider: string;
  readonly scopes: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}
