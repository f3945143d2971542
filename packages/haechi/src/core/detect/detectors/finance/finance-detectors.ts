import type { Detector } from "../../detector.ts";
import { iban } from "./iban.ts";
import { labelledPaymentCard } from "./labelled-payment-card.ts";
import { paymentCard } from "./payment-card.ts";

export const financeDetectors: readonly Detector[] = [paymentCard, labelledPaymentCard, iban];
