import { assertEquals } from "@std/assert";
import { basename } from "@std/path/posix/basename";
import { dirname } from "@std/path/posix/dirname";
import { join } from "@std/path/posix/join";
import { relative } from "@std/path/posix/relative";
import { resolve } from "@std/path/posix/resolve";
import fc from "fast-check";
import * as own from "../lib/pure/posix_paths.ts";
import { checkProperty } from "./property.ts";

const path = fc.array(fc.constantFrom("a", "b", ".hidden", "c d", ".", "..", "", "/"), { minLength: 1, maxLength: 7 })
  .map((parts) => parts.join("/")).filter((text) => text !== "");
const folder = path.map((text) => `/${text}`);

Deno.test("dirname() and basename() do as the standard library's", () => {
  checkProperty(
    fc.property(path, (text) => {
      assertEquals([text, own.dirname(text)], [text, dirname(text)]);
      assertEquals([text, own.basename(text)], [text, basename(text)]);
    }),
    5000,
  );
});

Deno.test("join(), resolve() and relative() do as the standard library's", () => {
  checkProperty(
    fc.property(folder, path, folder, (from, text, other) => {
      assertEquals([from, text, own.join(from, text)], [from, text, join(from, text)]);
      assertEquals([from, text, own.resolve(from, text)], [from, text, resolve(from, text)]);
      assertEquals([from, other, own.relative(from, other)], [from, other, relative(from, other)]);
    }),
    5000,
  );
});
