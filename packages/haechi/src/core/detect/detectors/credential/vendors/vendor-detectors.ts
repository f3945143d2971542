import type { Detector } from "../../../detector.ts";
import { aiProviders } from "./ai-providers.ts";
import { ciAndRegistries } from "./ci-and-registries.ts";
import { cloudPlatforms } from "./cloud-platforms.ts";
import { commerce } from "./commerce.ts";
import { cryptoExchanges } from "./crypto-exchanges.ts";
import { databasesAndData } from "./databases-and-data.ts";
import { emailDelivery } from "./email-delivery.ts";
import { mapsAndMedia } from "./maps-and-media.ts";
import { messaging } from "./messaging.ts";
import { namedServices } from "./named-services.ts";
import { observability } from "./observability.ts";
import { payments } from "./payments.ts";
import { projectTools } from "./project-tools.ts";
import { secretStores } from "./secret-stores.ts";
import { social } from "./social.ts";
import { sourceHosting } from "./source-hosting.ts";

/** The credentials of vendors. Those that a form gives away stand before those that need a name beside them. */
export const vendorDetectors: readonly Detector[] = [
  aiProviders,
  sourceHosting,
  cloudPlatforms,
  databasesAndData,
  secretStores,
  ciAndRegistries,
  observability,
  // After the keys of Klaviyo and ClickUp, which begin as those of Stripe do.
  emailDelivery,
  projectTools,
  payments,
  commerce,
  messaging,
  social,
  cryptoExchanges,
  mapsAndMedia,
  namedServices,
]
  .flat()
  .toSorted((one, other) => rank(one) - rank(other));

function rank({ anchor }: Detector): number {
  return anchor.kind === "keyed" ? 1 : 0;
}
