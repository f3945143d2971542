import { describeDetector } from "../../../../testing/describe-detector.ts";
import { labelledPaymentCard } from "./labelled-payment-card.ts";

describeDetector(labelledPaymentCard);
