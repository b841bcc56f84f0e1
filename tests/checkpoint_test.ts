import { assert, assertEquals, assertThrows } from "@std/assert";
import { CHECKPOINT_VERSION, CheckpointDamage, decodeCheckpoint, encodeCheckpoint } from "../lib/pure/checkpoint.ts";
import { xxh64 } from "../lib/kernel/kernel.ts";
import { wasCheckpoint } from "../lib/pure/was_checkpoint.ts";
import { initialState, type SavedState } from "../lib/pure/state.ts";

const SAVED: SavedState = {
  file: "data/numbers.txt",
  options: {},
  state: { ...initialState(), offset: 123, sum: "-45.678", count: 20, blank: 3, skipped: 1 },
  hints: {
    device: 5,
    inode: 6,
    size: 1000,
    modified: "2020-05-06T07:08:09.123Z",
    changed: "2020-05-06T07:08:09.000Z",
  },
};

const encode = (text: string) => new TextEncoder().encode(text);
const textOf = (...states: SavedState[]) => new TextDecoder().decode(encodeCheckpoint(states));

function refusal(text: string | Uint8Array): string {
  const bytes = typeof text === "string" ? encode(text) : text;
  return (assertThrows(() => decodeCheckpoint(bytes), CheckpointDamage) as Error).message;
}

Deno.test("encodeCheckpoint() writes one input flat, for a person to read", () => {
  const text = textOf(SAVED);
  const json = JSON.parse(text);
  assertEquals(Object.keys(json), [
    "version",
    "file",
    "offset",
    "running_sum",
    "count",
    "blank",
    "skipped",
    "line",
    "options",
    "fingerprint",
    "check",
  ]);
  assertEquals([json.version, json.offset, json.running_sum, json.line], [CHECKPOINT_VERSION, 123, -45.678, 24]);
  assert(
    text.startsWith(`{\n  "version": 1,\n  "file": "data/numbers.txt",\n  "offset": 123,`) && text.endsWith("}\n"),
  );
});

Deno.test("encodeCheckpoint() writes several inputs as a list", () => {
  const json = JSON.parse(textOf(SAVED, { ...SAVED, file: "b.txt" }));
  assertEquals(Object.keys(json), ["version", "inputs", "check"]);
  assertEquals(json.inputs.map(({ file }: { file: string }) => file), ["data/numbers.txt", "b.txt"]);
});

Deno.test("decodeCheckpoint() reads back what encodeCheckpoint() wrote", () => {
  const bare: SavedState = {
    file: "",
    options: { decimal_mark: ",", column: 3, header: true },
    state: initialState(),
    hints: { device: null, inode: null, size: 0, modified: null, changed: null },
  };
  const rejects = { file: "bad.txt", bytes: 77, hash: "0123456789abcdef" };
  const running: SavedState = { ...SAVED, file: 'ü\n"\\.txt', rejects };
  const ended: SavedState = { ...SAVED, file: "b.txt", rejects: { ...rejects, size: 78 } };
  for (const states of [[], [SAVED], [bare], [running], [ended], [SAVED, bare, running, ended]]) {
    assertEquals(decodeCheckpoint(encodeCheckpoint(states)), { kind: "states", states });
  }
});

Deno.test("a checkpoint keeps every digit of a sum of thousands of them", () => {
  const sums = [
    "0",
    "9007199254740993",
    "0.1000000000000000055511151231257827",
    `${"1234567890".repeat(2000)}.${"0987654321".repeat(2000)}1`,
    `-${"9".repeat(10_000)}`,
  ];
  for (const sum of sums) {
    const state = { ...SAVED.state, sum };
    assert(textOf({ ...SAVED, state }).includes(`"running_sum": ${sum},`));
    assertEquals(decodeCheckpoint(encodeCheckpoint([{ ...SAVED, state }])), {
      kind: "states",
      states: [{ ...SAVED, state }],
    });
  }
});

Deno.test("decodeCheckpoint() refuses any byte changed, added or left out", () => {
  for (const states of [[SAVED], [SAVED, { ...SAVED, file: "b.txt" }]]) {
    const bytes = encodeCheckpoint(states);
    for (let i = 0; i < bytes.length; i++) {
      for (const change of [1, 2, 0x20, 0x80]) {
        const changed = bytes.slice();
        changed[i]! ^= change;
        refusal(changed);
      }
      refusal(bytes.subarray(0, i));
      refusal(Uint8Array.of(...bytes.subarray(0, i), ...bytes.subarray(i + 1)));
      refusal(Uint8Array.of(...bytes.subarray(0, i), 0x20, ...bytes.subarray(i)));
    }
    refusal(Uint8Array.of(...bytes, 10));
  }
});

Deno.test("decodeCheckpoint() refuses the same content written in another way, even with a right checksum", () => {
  const text = textOf(SAVED);
  refusal(text.replaceAll("\n", "\r\n"));
  refusal("\uFEFF" + text);
  refusal(JSON.stringify(JSON.parse(text)));
  for (const sum of ["-45.6780", "-045.678", "-4.5678e1"]) refusal(text.replace("-45.678", sum));
  const { check: _, ...body } = JSON.parse(text);
  const sign = (json: Record<string, unknown>) => {
    const check = xxh64(encode(JSON.stringify(json))).toString(16).padStart(16, "0");
    return JSON.stringify({ ...json, check }, null, 2) + "\n";
  };
  assertEquals(sign(body), text, "the checksum of this test is the right one");
  refusal(sign({ ...body, line: 25 }));
  refusal(sign({ ...body, surprise: 1 }));
  refusal(sign({ ...body, version: 0 }));
  refusal(sign({ ...body, version: "1" }));
  refusal(sign({ file: body.file, ...body, version: undefined }));
  refusal(sign({ version: 1, inputs: [body] }));
});

Deno.test("decodeCheckpoint() says what is wrong", () => {
  const text = textOf(SAVED);
  const cases: [string, RegExp][] = [
    ["", /empty/],
    [text.slice(0, 100), /not whole JSON/],
    ["nonsense", /not whole JSON/],
    ["[1, 2]", /not a JSON object/],
    ["null", /not a JSON object/],
    ["{}", /"fingerprint" is not an object/],
    [text.replace(`"offset": 123`, `"offset": 124`), /checksum/],
    [text.replace(`"offset": 123`, `"offset": -1`), /"offset" is not a whole number/],
    [text.replace(`"offset": 123`, `"offset": 1e300`), /"offset" is not a whole number/],
    [text.replace(`"offset": 123`, `"offset": 1.5`), /"offset" is not a whole number/],
    [text.replace(`"file": "data/numbers.txt"`, `"file": 5`), /"file" is not a text/],
    [text.replace("-45.678", "1e5"), /"running_sum" is not a number in plain digits/],
    [text.replace(/"rest": "[0-9a-f]+"/, `"rest": "xyz"`), /"rest" is not a hash/],
  ];
  for (const [text, reason] of cases) assert(reason.test(refusal(text)), `${text}: ${refusal(text)}`);
});

Deno.test("decodeCheckpoint() refuses a newer version by its number, whatever else is in it", () => {
  for (const text of [`{"version": 2}`, textOf(SAVED).replace(`"version": 1`, `"version": 2`)]) {
    assert(/version 2, written by a newer numsum; this one reads version 1/.test(refusal(text)), refusal(text));
  }
});

Deno.test("decodeCheckpoint() takes the two keys of the older scripts for a claim", () => {
  const cases: [string, number, string][] = [
    [`{"offset": 5, "running_sum": 12}`, 5, "12"],
    [`{"running_sum":-12.50,"offset":0}\n`, 0, "-12.5"],
    [`{"offset": 5, "running_sum": 1e+16}`, 5, "10000000000000000"],
    [`{"offset": 5, "running_sum": 2.5e-07}`, 5, "0.00000025"],
    [`{"offset": 5, "running_sum": ${"9".repeat(5000)}}`, 5, "9".repeat(5000)],
  ];
  for (const [text, offset, sum] of cases) {
    assertEquals(decodeCheckpoint(encode(text)), { kind: "claim", offset, sum });
  }
  for (const text of ['{"offset": 5}', `{"offset": 5, "running_sum": 1e99999}`, `{"offset": -5, "running_sum": 1}`]) {
    refusal(text);
  }
});

Deno.test("wasCheckpoint() knows a checkpoint that was cut off anywhere behind its first keys", () => {
  const name = 'a "quoted" \\\\ name';
  const whole = [
    textOf(SAVED),
    textOf({ ...SAVED, file: name }),
    textOf({ ...SAVED, file: name }, SAVED),
    `{"offset": 21, "running_sum": -5.5e3}\n`,
    `{"running_sum":NaN , "offset":21}`,
  ];
  for (const text of whole) {
    const least = /"(file": "|offset"|running_sum") *:?/.exec(text)!;
    for (let length = least.index + least[0].length; length <= text.length; length++) {
      assert(wasCheckpoint(encode(text.slice(0, length))), text.slice(0, length));
    }
  }
  assert(wasCheckpoint(encode("")) && !wasCheckpoint(encode("{")));
});
