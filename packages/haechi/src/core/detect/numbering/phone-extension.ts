/**
 * Source of a pattern for the extension that may follow a phone number, as offices
 * write it or as RFC 3966 §5.3 does; for patterns that ignore case.
 */
export const EXTENSION =
  "(?:(?:,? ?(?:x|ext\\.?|extn\\.?|extension|poste|interno|ramal|durchwahl|доб\\.?|内線|內線|내선|分机) ?[:.]? ?|;ext=| ?# ?)\\d{1,7})?";
