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

/** A mistake, made in a copy of a source file of the kernel by putting one text for another. */
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
    mistake: "the first byte of a chunk may follow any byte",
    find: "behind(followers0, followersA)",
    replace: "v128.or(behind(followers0, followersA), i32x4(255, 0, 0, 0))",
  },
  {
    mistake: "a CR may stand before a digit",
    find: "highBits(CR), <u8>LF_CLASS)",
    replace: "highBits(CR), <u8>(LF_CLASS | DIGIT_CLASS))",
  },
  {
    mistake: "a line feed may come without its CR",
    find: "const end = crlf ? CR_CLASS : LF_CLASS;",
    replace: "const end = crlf ? CR_CLASS | LF_CLASS : LF_CLASS;",
  },
  {
    mistake: "a minus may stand anywhere",
    find: "(marks ? MARK_CLASS : 0) | end",
    replace: "(marks ? MARK_CLASS : 0) | MINUS_CLASS | end",
  },
  {
    mistake: "a minus may be a whole line",
    find: "highBits(MINUS), <u8>DIGIT_CLASS)",
    replace: "highBits(MINUS), <u8>(DIGIT_CLASS | end))",
  },
  {
    mistake: "a line may be empty",
    find: "highBits(LF), <u8>(DIGIT_CLASS | MINUS_CLASS)",
    replace: "highBits(LF), <u8>(DIGIT_CLASS | MINUS_CLASS | end)",
  },
  {
    mistake: "lines without marks may have some",
    find: "usize(hasMarks)",
    replace: "1",
  },
  {
    mistake: "a mark may stand between another and its line feed",
    find: "after(marks, marks0, i)",
    replace: "0",
  },
  {
    mistake: "marks may stand at other distances too",
    find: "feeds ^ after(marks, marks0, back)",
    replace: "feeds & ~after(marks, marks0, back)",
  },
  {
    mistake: "only its first chunk tells whether a stretch is uniform",
    find: "if (uneven != 0) break;",
    replace: "if (uneven != 0 && place == 0) break;",
  },
  {
    mistake: "a slash is a digit",
    find: "let digit = ZERO; digit < ZERO + 10; digit++) putClass",
    replace: "let digit = ZERO - 1; digit < ZERO + 10; digit++) putClass",
  },
  {
    mistake: "a colon is a digit",
    find: "digit < ZERO + 10; digit++) putClass",
    replace: "digit < ZERO + 11; digit++) putClass",
  },
  {
    mistake: "of a byte from 64 on, the lower bits count",
    find: "i8x16.add_sat_u(bytes, sixtyFour)",
    replace: "bytes",
  },
  {
    mistake: "the second quarter of a chunk may hold anything",
    find: "anyZero(fitsA, fitsB, zero)",
    replace: "anyZero(fitsA, fitsA, zero)",
  },
  {
    mistake: "the last quarter of a chunk may hold anything",
    find: "anyZero(fitsC, fitsD, zero)",
    replace: "anyZero(fitsC, fitsC, zero)",
  },
  {
    mistake: "what is strange in the second half of a chunk is forgotten",
    find: "<u64>misfitsAB | (<u64>misfitsCD << 32)",
    replace: "<u64>misfitsAB",
  },
  {
    mistake: "the last of some strange lines is trusted",
    find: "(last << 1) + 2)",
    replace: "(last << 1))",
  },
  {
    mistake: "the line is trusted in which the scan for any lines begins",
    find: "  strangeEnd += 8;\n",
    replace: "",
  },
  {
    mistake: "bytes behind the last line count",
    find: "feeds &= valid;",
    replace: "feeds &= -1;",
  },
  {
    mistake: "a proven line may have two marks",
    find: "(carried & marks) | ",
    replace: "",
  },
  {
    mistake: "a mark in the chunk before is forgotten",
    find: "marked = u64(once < marks) | u64(carried < once);",
    replace: "marked = 0;",
  },
  {
    mistake: "a pair that has the mark counts its digit as ten",
    find: "(place & 1) != 0 || (place ^ 1) == mark ? 1 : 10",
    replace: "(place & 1) != 0 ? 1 : 10",
  },
  {
    mistake: "counters of 16 bits take too many lines",
    find: "MAX_LINES_16: u32 = 328;",
    replace: "MAX_LINES_16: u32 = 331;",
  },
  {
    mistake: "registers take more uniform lines than they have room for",
    find: "const stop = min(feed + MAX_LINES_16 * 2, feedsTo);\n    let head",
    replace: "const stop = min(feed + (MAX_LINES_16 + 3) * 2, feedsTo);\n    let head",
  },
  {
    mistake: "no room is made for lines",
    find: "makeRoom(<u32>((stop - feed) >> 1));",
    replace: "",
  },
  {
    mistake: "a line of 33 characters is uniform",
    find: "length <= WIDE) {\n        head",
    replace: "length <= WIDE + 1) {\n        head",
  },
  {
    mistake: "a line of 33 characters is uniform if the last is a CR",
    find: "length <= WIDE) {\n        head",
    replace: "length <= WIDE + crlf) {\n        head",
  },
  {
    mistake: "a line of 33 characters is proven if the last is a CR",
    find: "length <= WIDE) {\n          const head",
    replace: "length <= WIDE + crlf) {\n          const head",
  },
  {
    mistake: "the CR of a wide line without mark is a digit if lines are uniform",
    find: "wideWeights = WEIGHTS + kind *",
    replace: "wideWeights = WEIGHTS + distance *",
  },
  {
    mistake: "of four lines at once, the first may be long",
    find: "LONG_BITS: u64 = 0xfff0_fff0_fff0_fff0",
    replace: "LONG_BITS: u64 = 0xfff0_fff0_fff0_0000",
  },
  {
    mistake: "of four lines at once, the second may be long",
    find: "LONG_BITS: u64 = 0xfff0_fff0_fff0_fff0",
    replace: "LONG_BITS: u64 = 0xfff0_fff0_0000_fff0",
  },
  {
    mistake: "of four lines at once, the third may be long",
    find: "LONG_BITS: u64 = 0xfff0_fff0_fff0_fff0",
    replace: "LONG_BITS: u64 = 0xfff0_0000_fff0_fff0",
  },
  {
    mistake: "of four lines at once, the last may be long",
    find: "LONG_BITS: u64 = 0xfff0_fff0_fff0_fff0",
    replace: "LONG_BITS: u64 = 0x0000_fff0_fff0_fff0",
  },
  {
    mistake: "four lines of 30 characters are short",
    find: "LONG_BITS: u64 = 0xfff0_fff0_fff0_fff0",
    replace: "LONG_BITS: u64 = 0xffe0_ffe0_ffe0_ffe0",
  },
  {
    mistake: "the CR of a line without mark is a digit if lines are uniform",
    find: "select<usize>(distance, crlf, distance != 0)",
    replace: "distance",
  },
  {
    mistake: "the CR of a proven line without mark is a digit",
    find: "(crlf + 15) << SCALE",
    replace: "15 << SCALE",
  },
  {
    mistake: "the CR of a wide line without mark is a digit",
    find: "select<usize>(behind + 1, crlf,",
    replace: "select<usize>(behind + 1, 0,",
  },
  {
    mistake: "a mark in the line before counts",
    find: "ofMark < byLength + (15 << SCALE)",
    replace: "ofMark < (32 << SCALE)",
  },
  {
    mistake: "a mark in the line before a wide one counts",
    find: "behind < length)",
    replace: "behind < 32)",
  },
  {
    mistake: "the last 16 characters of a long line with a minus are taken for the whole",
    find: "min<usize>(length, 17)",
    replace: "min<usize>(length, 16)",
  },
  {
    mistake: "a number needs no digit",
    find: "if (point - start + places == 0) return false;",
    replace: "",
  },
  {
    mistake: "a comma or a point is a sign",
    find: "~(MINUS - PLUS)",
    replace: "~3",
  },
  {
    mistake: "a CR may stand before the last",
    find: "v128.or(isSpace, ",
    replace: "v128.or(i8x16.eq(characters, i8x16.splat(<i8>CR)), ",
  },
  {
    mistake: "lines of any length are trimmed",
    find: "MAX_TRIMMED: usize = 256;",
    replace: "MAX_TRIMMED: usize = 1 << 30;",
  },
  {
    mistake: "an exponent may be a lone sign",
    find: "exponentFrom == length || ",
    replace: "",
  },
  {
    mistake: "all digits but the last 16 count too little",
    find: "power += 16;",
    replace: "power += 15;",
  },
  {
    mistake: "the first digit of a number with a minus and an exponent does not count",
    find: "select<usize>(WEIGHTS_OF_LENGTH, ",
    replace: "select<usize>(0, ",
  },
  {
    mistake: "numbers with exponents that were added for nothing are kept",
    find: "if (hasRuns) memory.fill(",
    replace: "if (false) memory.fill(",
  },
  {
    mistake: "odd lines are numbered from the begin of their stretch",
    find: "lines + <u32>((feed - LINE_FEEDS) >> 1)",
    replace: "<u32>((feed - LINE_FEEDS) >> 1)",
  },
  {
    mistake: "a line of which nothing is proven is added as a proven one too",
    find: "store<u16>(feed, 0, PROVEN - LINE_FEEDS);",
    replace: "",
  },
  {
    mistake: "lines are passed over where strange ones were in the stretch before",
    find: "if (strange) forgetStrange();",
    replace: "",
  },
  {
    mistake: "the last line is passed over where a strange one was in the stretch before",
    find: "memory.fill(PROVEN, 0xff, feedsEnd - LINE_FEEDS);",
    replace: "memory.fill(PROVEN, 0xff, feedsEnd - LINE_FEEDS - 2);",
  },
  {
    mistake: "behind four strange lines, a line begins before them",
    find: "before = entry(places, 3);",
    replace: "",
  },
  {
    mistake: "counters of wide lines take too many",
    find: "if (wideLines == MAX_LINES_16) widenWide();",
    replace: "if (wideLines == MAX_LINES_16 + 3) widenWide();",
  },
  {
    mistake: "wide lines that were added for nothing are kept",
    find: "memory.fill(WIDE_16, 0, KINDS * PAIRS * 2);",
    replace: "",
  },
  {
    mistake: "some last wide lines are forgotten",
    find: "if (wideLines != 0) widenWide();",
    replace: "if (wideLines > 1) widenWide();",
  },
  {
    mistake: "the mark before an exponent's digits is one of 16 digits",
    find: "i + places < 16 ? i - 1 : i",
    replace: "i + places < 15 ? i - 1 : i",
  },
  {
    mistake: "a mark may be left out of 17 characters",
    find: "places != 0 && end - start <= 16",
    replace: "places != 0 && end - start <= 17",
  },
  {
    mistake: "an exponent may begin with anything",
    find: "others &= <u64>-1 << <u64>exponentFrom;",
    replace: "others &= <u64>-1 << <u64>(exponentFrom + 1);",
  },
  {
    mistake: "an exponent may have any number of digits",
    find: "length - exponentFrom > 4 || ",
    replace: "",
  },
  {
    mistake: "an exponent may be larger than the counters have room for",
    find: "MAX_EXPONENT: u32 = 63;",
    replace: "MAX_EXPONENT: u32 = 99;",
  },
  {
    mistake: "a percent sign begins an exponent",
    find: "(<u32>load<u8>(from + end) | 32)",
    replace: "(<u32>load<u8>(from + end) | 96)",
  },
  {
    mistake: "odd lines go beyond the end of their list",
    find: "odd + STRETCH <= MAX_ODD",
    replace: "odd + 4096 <= MAX_ODD",
  },
  {
    mistake: "some counters of wide lines are never emptied",
    find: "for (let i: usize = 0; i < KINDS * PAIRS; i += 8) widen(WIDE_16",
    replace: "for (let i: usize = 0; i < 25 * PAIRS; i += 8) widen(WIDE_16",
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
      // the compiler reads a file as often as it is imported
      const sources = new Set<string>();
      const wasm = await buildKernel((source) => {
        sources.add(source);
        return source.replace(find, replace);
      });
      assertEquals([...sources].join("").split(find).length - 1, 1, "the text to be replaced occurs once");
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
