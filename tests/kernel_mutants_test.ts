import { assertEquals } from "@std/assert";
import { createAddLines, type KernelExports } from "../lib/kernel/add_lines_fast.ts";
import * as wasm from "../lib/kernel/kernel.wasm";
import { Xxh64 } from "../lib/kernel/xxh64.ts";
import {
  type Case,
  createCase,
  createRandom,
  expected,
  limitCases,
  outcome,
  QUICK_SWEEP,
  sweep,
  SWEPT_FORMS,
} from "./kernel_cases.ts";

/** As many as kernel_test.ts has. */
const ROUNDS = 5000;

/** A mistake, made in a copy of kernel.as.ts or xxh64.as.ts by putting one text for another. */
interface Mutant {
  mistake: string;
  find: string;
  replace: string;
}

const MUTANTS: Mutant[] = [
  {
    mistake: "the first digit of a line does not count",
    find: "const plus = place + length >= 16;",
    replace: "const plus = place + length > 16;",
  },
  {
    mistake: "a chunk may begin with a line feed that no digit comes before",
    find: "let digitsBefore = after(digits, digits0, 1);",
    replace: "let digitsBefore = (digits << 1) | 1;",
  },
  {
    mistake: "a CR may be the last byte of a chunk",
    find: "strange = feeds ^ after(ends, ends0, 1);",
    replace: "strange = (feeds ^ after(ends, ends0, 1)) & ~1;",
  },
  {
    mistake: "a minus may stand anywhere",
    find: "(minuses & begins)",
    replace: "minuses",
  },
  {
    mistake: "a mark may begin a line, and is taken for a minus",
    find: "placesOf(marks, a, b, c, d) & ~begins)",
    replace: "placesOf(marks, a, b, c, d))",
  },
  {
    mistake: "what stands between a mark and its end is not looked at",
    find: "digitsBefore &= after(digits, digits0, i);",
    replace: "digitsBefore &= -1;",
  },
  {
    mistake: "marks may stand at other distances too",
    find: "(ends ^ after(rest, rest0, distance))",
    replace: "(ends & ~after(rest, rest0, distance))",
  },
  {
    mistake: "only its first chunk tells whether a stretch is uniform",
    find: "broken = (strange | uneven) & valid;",
    replace: "broken = place == 0 ? (strange | uneven) & valid : 0;",
  },
  {
    mistake: "a slash is a digit",
    find: "BELOW_DIGITS: u32 = 117;",
    replace: "BELOW_DIGITS: u32 = 116;",
  },
  {
    mistake: "the highest bit of a byte is not looked at",
    find: "i8x16.add(bytes, shift)",
    replace: "i8x16.add(v128.and(bytes, i8x16.splat(127)), shift)",
  },
  {
    mistake: "the last of some strange lines is trusted",
    find: "(last << 1) + 2)",
    replace: "(last << 1))",
  },
  {
    mistake: "bytes behind the last line count",
    find: "c, d) & valid;",
    replace: "c, d);",
  },
  {
    mistake: "a pair that has the mark counts its digit as ten",
    find: "(place & 1) != 0 || (place ^ 1) == mark ? 1 : 10",
    replace: "(place & 1) != 0 ? 1 : 10",
  },
  {
    mistake: "counters of 16 bits take too many lines",
    find: "MAX_LINES_16: u32 = 330;",
    replace: "MAX_LINES_16: u32 = 800;",
  },
  {
    mistake: "a line of 33 characters is uniform",
    find: "to > WIDE + ends)",
    replace: "to > WIDE + ends + 1)",
  },
  {
    mistake: "a proven line may have two marks",
    find: "if ((own & (own - 1)) == 0) {\n          const kind: usize",
    replace: "if (true) {\n          const kind: usize",
  },
  {
    mistake: "a checked line may have two marks",
    find: "if ((markPlaces & (markPlaces - 1)) != 0 || digitPlaces == 0)",
    replace: "if (digitPlaces == 0)",
  },
  {
    mistake: "a number needs no digit",
    find: "|| digitPlaces == 0) return false;",
    replace: ") return false;",
  },
  {
    mistake: "a comma or a point is a sign",
    find: "~(MINUS - PLUS)",
    replace: "~3",
  },
  {
    mistake: "a CR may stand before the last",
    find: "byte == SPACE || byte == TAB",
    replace: "byte == SPACE || byte == TAB || byte == CR",
  },
  {
    mistake: "lines of any length are trimmed",
    find: "MAX_TRIMMED: usize = 256;",
    replace: "MAX_TRIMMED: usize = 1 << 30;",
  },
  {
    mistake: "an exponent may be a lone sign",
    find: "exponentFrom == to || ",
    replace: "",
  },
  {
    mistake: "odd lines are numbered from the begin of their stretch",
    find: "lines + <u32>((feed - LINE_FEEDS) >> 1)",
    replace: "<u32>((feed - LINE_FEEDS) >> 1)",
  },
  {
    mistake: "of two lines at once, the second may be long",
    find: "(toFirst | toSecond) > 15)",
    replace: "toFirst > 15)",
  },
  {
    mistake: "no room is made for lines that are added by themselves",
    find: "  makeRoom(1);\n",
    replace: "",
  },
  {
    mistake: "the last 16 characters of a long line with a minus are taken for the whole",
    find: "min<usize>(length, 17)",
    replace: "min<usize>(length, 16)",
  },
  {
    mistake: "a hash of a part that completes a stripe waits for more",
    find: "if (length < missing) {",
    replace: "if (length <= missing) {",
  },
  {
    mistake: "a hash of one stripe is made as if there were none",
    find: "if (length >= STRIPE) {",
    replace: "if (length > STRIPE) {",
  },
];

/** Whether these permissions, which the compiler needs, are granted. */
const canBuild = (["read", "env"] as const).every((name) => Deno.permissions.querySync({ name }).state === "granted");

/** The first thing that tells the instance from one without mistakes. */
function difference(kernel: KernelExports): string | undefined {
  if (hashes(kernel) !== hashes(wasm)) return "hash";
  const add = createAddLines(kernel);
  const differs = (made: Case) => outcome(add, made, kernel) !== expected(made);
  try {
    for (const made of limitCases()) if (differs(made)) return "limits";
    // what chance finds at all it mostly finds soon, and the sweep takes longer
    for (let seed = 0; seed < 500; seed++) if (differs(createCase(seed))) return "fuzz";
    for (const form of SWEPT_FORMS) if (sweep(add, kernel, form, QUICK_SWEEP).difference) return "sweep";
    for (let seed = 500; seed < ROUNDS; seed++) if (differs(createCase(seed))) return "fuzz";
  } catch (error) {
    return `${error}`;
  }
}

/** Hashes of bytes of many lengths, in two parts. */
function hashes(kernel: KernelExports): string {
  const random = createRandom(1);
  const bytes = Uint8Array.from({ length: 100 }, () => random() * 256);
  let all = "";
  for (let length = 0; length <= bytes.length; length++) {
    const hash = new Xxh64(7n, kernel);
    const cut = Math.floor(random() * length);
    hash.update(bytes.subarray(0, cut));
    hash.update(bytes.subarray(cut, length));
    all += hash.digest() + " ";
  }
  return all;
}

for (const { mistake, find, replace } of MUTANTS) {
  Deno.test({
    name: `the tests find the mistake: ${mistake}`,
    ignore: !canBuild,
    async fn() {
      // imported here, since the compiler wants permissions as soon as it is loaded
      const { buildKernel } = await import("../tools/build_kernel.ts");
      let times = 0;
      const wasm = await buildKernel((source) => {
        const parts = source.split(find);
        times += parts.length - 1;
        return parts.join(replace);
      });
      assertEquals(times, 1, "the text to be replaced occurs once");
      const { instance } = await WebAssembly.instantiate(wasm);
      const found = difference(instance.exports as unknown as KernelExports);
      console.log(`by: ${found}`);
      assertEquals(typeof found, "string");
    },
  });
}

Deno.test({
  name: "buildKernel() gives the bytes of kernel.wasm",
  ignore: !canBuild,
  async fn() {
    const { buildKernel } = await import("../tools/build_kernel.ts");
    const committed = await Deno.readFile(new URL("../lib/kernel/kernel.wasm", import.meta.url));
    assertEquals(await buildKernel(), committed, "again with: deno run -A tools/build_kernel.ts");
  },
});
