import { shippedText } from "../../support/stacks.ts";
import { agreementOf } from "./agreement.ts";

agreementOf("hangzhou", shippedText("hangzhou"), 2);
