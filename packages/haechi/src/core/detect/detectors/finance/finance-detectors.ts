import type { Detector } from "../../detector.ts";
import { iban } from "./iban.ts";
import { ibanLabelled } from "./iban-labelled.ts";
import { labelledPaymentCard } from "./labelled-payment-card.ts";
import { magneticStripe } from "./magnetic-stripe.ts";
import { paymentCard } from "./payment-card.ts";
import { unusualLengthCard } from "./unusual-length-card.ts";

export const financeDetectors: readonly Detector[] = [
  magneticStripe,
  paymentCard,
  unusualLengthCard,
  labelledPaymentCard,
  iban,
  ibanLabelled,
];
