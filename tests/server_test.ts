import { assert } from "@std/assert";
import { sumFile } from "../lib/drivers/sum_file.ts";
import { lacks, LOCALHOST } from "./granted.ts";
import { finish } from "./styles.ts";
import { tempFolder } from "./temp_folder.ts";

Deno.test("a server in the same process answers while sumFile() runs", {
  ignore: lacks("read", "write", "net"),
}, async () => {
  await using folder = await tempFolder();
  const path = folder.at("numbers.txt");
  const block = new TextEncoder().encode("123456\n-98765.43\n".repeat(60_000));
  {
    using file = await Deno.open(path, { write: true, create: true });
    for (let i = 0; i < 150; i++) await file.write(block);
    await file.sync(); // a save would wait for it
  }
  const server = Deno.serve({ hostname: LOCALHOST, port: 0, onListen() {} }, () => new Response("here"));
  const { port } = server.addr;
  const times: number[] = [];
  try {
    let isSumming = true;
    const run = sumFile(path, { checkpoint: folder.at("checkpoint.json"), workers: 1 });
    const summed = finish(run).finally(() => isSumming = false);
    while (isSumming) {
      const asked = performance.now();
      const response = await fetch(`http://${LOCALHOST}:${port}/`);
      await response.text();
      if (isSumming) times.push(performance.now() - asked);
    }
    await summed;
  } finally {
    await server.shutdown();
  }
  times.sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)] ?? Infinity;
  console.log(
    `${times.length} answers, the median after ${median.toFixed(1)} ms, the slowest after ${
      times.at(-1)?.toFixed(1)
    } ms`,
  );
  assert(times.length >= 5, `only ${times.length} answers while it ran`);
  assert(median < 20, `half of the answers took longer than ${median} ms`);
});
