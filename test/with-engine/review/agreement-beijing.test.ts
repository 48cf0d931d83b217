import { shippedText } from "../../support/stacks.ts";
import { agreementOf } from "./agreement.ts";

agreementOf("beijing", shippedText("beijing"), 1);
