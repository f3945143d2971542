/** The built-in kinds of sensitive text. Custom rules add names of their own. */
export const ENTITY_TYPES = [
  "secret",
  "api_key",
  "kr_rrn",
  "card",
  "fr_nir",
  "es_dni",
  "it_codice_fiscale",
  "sg_nric",
  "email",
  "phone",
  "us_ssn",
  "iban",
  "jp_mynumber",
  "uk_nino",
  "in_aadhaar",
  "de_steuer_id",
  "nl_bsn",
  "injection",
] as const;

export type BuiltInEntityType = (typeof ENTITY_TYPES)[number];

/** A built-in type or the type name of a custom rule: lower-case letters, digits and `_`. */
export type EntityType = BuiltInEntityType | (string & {});

/**
 * Types whose findings neither `minConfidence` nor the allow-list may remove. A
 * type belongs here when it carries a non-numeric anchor or a shape that random
 * text almost never has; a bare run of digits of common length stays clearable.
 */
export const HARD_BLOCK_TYPES: ReadonlySet<EntityType> = new Set<EntityType>([
  "secret",
  "api_key",
  "kr_rrn",
  "card",
  "fr_nir",
  "es_dni",
  "it_codice_fiscale",
  "sg_nric",
]);
