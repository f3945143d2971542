/**
 * The built-in kinds of sensitive text. Custom rules add names of their own. The
 * numbers of one country that have no type of their own go by what they are for
 * (`national_id`, `tax_id`, `health_id`); the rule id says which country.
 */
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
  "national_id",
  "tax_id",
  "health_id",
  "passport",
  "driver_license",
  "bank_account",
  "crypto_wallet",
  "date_of_birth",
  "person_name",
  "address",
  "ip_address",
  "mac_address",
  "device_id",
  "coordinates",
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

/**
 * Types that are only reported unless a policy names an action for them, whatever
 * its default action: what is found is mostly harmless where models are used, or
 * only a sign.
 */
export const REPORT_ONLY_TYPES: ReadonlySet<EntityType> = new Set<EntityType>([
  "injection",
  "ip_address",
  "mac_address",
  "coordinates",
]);
