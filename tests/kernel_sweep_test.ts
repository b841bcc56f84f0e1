import { addLinesFast } from "../lib/kernel/kernel.ts";
import * as wasm from "../lib/kernel/kernel.wasm";
import { QUICK_SWEEP, sweep, SWEPT_FORMS } from "./kernel_cases.ts";

SWEPT_FORMS.forEach((form, index) => {
  Deno.test(`addLinesFast() agrees with addLines() on a wrong byte at every place, form ${index}`, () => {
    const { difference } = sweep(addLinesFast, wasm, form, QUICK_SWEEP);
    if (difference) throw new Error(difference);
  });
});
