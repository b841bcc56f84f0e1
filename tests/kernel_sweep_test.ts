import { addLinesFast } from "../lib/kernel/kernel.ts";
import * as wasm from "../lib/kernel/kernel.wasm";
import { QUICK_SWEEP, SPLICED_FORMS, sweep, SWEPT_FORMS, trySplices } from "./kernel_cases.ts";

SWEPT_FORMS.forEach((form, index) => {
  Deno.test(`addLinesFast() agrees with addLines() on a wrong byte at every place near a stretch's ends, form ${index}`, () => {
    const { difference } = sweep(addLinesFast, wasm, form, QUICK_SWEEP);
    if (difference) throw new Error(difference);
  });
});

for (const form of SPLICED_FORMS) {
  Deno.test(`addLinesFast() agrees with addLines() on every short text amid lines like ${JSON.stringify(form)}`, () => {
    const { difference } = trySplices(addLinesFast, wasm, form, { characters: "1.-\r\n", most: 5 });
    if (difference) throw new Error(difference);
  });
}
