import { describeDetector } from "../../../../testing/describe-detector.ts";
import { paymentCard } from "./payment-card.ts";

describeDetector(paymentCard);
