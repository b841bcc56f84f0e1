import { assertEquals } from "@std/assert";
import { fileHints } from "../lib/disk/file_hints.ts";

const CHANGED = Date.parse("2020-05-06T07:08:09.123Z");
const INFO = {
  dev: 7,
  ino: 8,
  size: 9,
  mtime: new Date(CHANGED),
  ctime: new Date(CHANGED + 1),
} as Deno.FileInfo;

Deno.test("fileHints() says what the file system says of a settled file", () => {
  assertEquals(fileHints(INFO, CHANGED + 10_000), {
    device: 7,
    inode: 8,
    size: 9,
    modified: "2020-05-06T07:08:09.123Z",
    changed: "2020-05-06T07:08:09.124Z",
  });
});

Deno.test("fileHints() takes no time for proof that may yet stand for a later change", () => {
  for (const later of [-5000, 0, 1, 2000]) {
    const { modified, changed } = fileHints(INFO, CHANGED + later);
    assertEquals([modified, changed], [null, null], `${later} ms later`);
  }
  const { modified, changed } = fileHints(INFO, CHANGED + 2001);
  assertEquals([modified, changed], ["2020-05-06T07:08:09.123Z", null]);
  assertEquals(fileHints(INFO, CHANGED + 2002).changed, "2020-05-06T07:08:09.124Z");
  const copied = { ...INFO, ctime: new Date(CHANGED + 100_000) } as Deno.FileInfo;
  assertEquals(fileHints(copied, CHANGED + 100_100).changed, null);
});

Deno.test("fileHints() says null for what a system does not know", () => {
  const bare = { ...INFO, dev: 0, ino: null, mtime: null, ctime: null } as Deno.FileInfo;
  assertEquals(fileHints(bare, CHANGED), { device: null, inode: null, size: 9, modified: null, changed: null });
  const { modified, changed } = fileHints({ ...INFO, ctime: null } as Deno.FileInfo, CHANGED + 10_000);
  assertEquals([modified, changed], ["2020-05-06T07:08:09.123Z", null]);
});
