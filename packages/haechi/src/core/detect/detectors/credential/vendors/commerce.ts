import type { Detector } from "../../../detector.ts";
import { token } from "./vendor-token.ts";

// Tokens of shops and market places.
export const commerce: readonly Detector[] = [
  token({ id: "shopify-token", form: "shp(at|ca|pa|ss|rt|ua|tka)_{Hex:32-64}" }),
  token({ id: "woocommerce-key", form: "c(k|s)_{hex:40}" }),
  token({ id: "ebay-cert-id", form: "(PRD|SBX)-{hex:12}-{hex:4}-{hex:4}-{hex:4}-{hex:4}" }),
  token({
    id: "named-commerce-key",
    form: ["{uuid}", "{lower:31-32}", "{lower:24}"],
    near: ["etsy", "squarespace", "bigcommerce", "magento"],
  }),
];
