import type { Detector } from "../../detector.ts";
import { bankAccounts } from "./bank-accounts.ts";
import { cryptoWallets } from "./crypto-wallets.ts";
import { iban } from "./iban.ts";
import { ibanLabelled } from "./iban-labelled.ts";
import { inUpi } from "./in-upi.ts";
import { labelledPaymentCard } from "./labelled-payment-card.ts";
import { magneticStripe } from "./magnetic-stripe.ts";
import { paymentCard } from "./payment-card.ts";
import { swiftCode } from "./swift-code.ts";
import { unusualLengthCard } from "./unusual-length-card.ts";

export const financeDetectors: readonly Detector[] = [
  magneticStripe,
  paymentCard,
  unusualLengthCard,
  labelledPaymentCard,
  iban,
  ibanLabelled,
  ...cryptoWallets,
  inUpi,
  swiftCode,
  ...bankAccounts,
];
