import { assertEquals } from "@std/assert";
import { escapeByte, quote } from "../lib/pure/quote.ts";

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const encode = (text: string) => new TextEncoder().encode(text);

Deno.test("quote() shows what is printable as it is", () => {
  for (const text of ["", "12a", " 1 ", "\u00E9\u4E2D\u{1F600}", "$%&'()"]) {
    assertEquals(quote(encode(text)), `"${text}"`);
  }
});

Deno.test("quote() escapes its own marks", () => {
  assertEquals(quote(encode('a"b\\c')), '"a\\"b\\\\c"');
});

Deno.test("quote() shows every other byte as \\xNN", () => {
  assertEquals(quote(latin1("1\0\t\x1B[31m\r\x7F")), '"1\\x00\\x09\\x1B[31m\\x0D\\x7F"');
  assertEquals(quote(latin1("\x80\xFF\xC3(")), '"\\x80\\xFF\\xC3("');
});

Deno.test("quote() escapes what would change how a terminal shows the rest, and what is not to be seen", () => {
  assertEquals(quote(encode("\u202E5")), '"\\xE2\\x80\\xAE5"');
  assertEquals(quote(encode("\u200B\u00A0\uFEFF")), '"\\xE2\\x80\\x8B\\xC2\\xA0\\xEF\\xBB\\xBF"');
});

Deno.test("quote() escapes sequences that are cut, too long or surrogates byte by byte", () => {
  assertEquals(quote(latin1("\xE2\x82")), '"\\xE2\\x82"');
  assertEquals(quote(latin1("\xC0\x80")), '"\\xC0\\x80"');
  assertEquals(quote(latin1("\xED\xA0\x80")), '"\\xED\\xA0\\x80"');
  assertEquals(quote(latin1("\xF8\x88\x80\x80\x80")), '"\\xF8\\x88\\x80\\x80\\x80"');
});

Deno.test("quote() gives every byte alone in a form that is one line of printable ASCII", () => {
  for (let byte = 0; byte < 256; byte++) {
    const shown = quote(Uint8Array.of(byte));
    assertEquals([byte, /^"[ -~]{1,4}"$/.test(shown)], [byte, true]);
  }
});

Deno.test("quote() cuts what is long, and says how long it was", () => {
  assertEquals(quote(encode("7".repeat(60))), `"${"7".repeat(60)}"`);
  assertEquals(quote(encode("7".repeat(61))), `"${"7".repeat(60)}"\u2026 (61 bytes)`);
  assertEquals(quote(new Uint8Array(1000)), `"${"\\x00".repeat(15)}"\u2026 (1000 bytes)`);
});

Deno.test("quote() takes no more time for a longer line", () => {
  const began = performance.now();
  quote(new Uint8Array(100 * 1024 * 1024));
  assertEquals(performance.now() - began < 1000, true);
});

Deno.test("quote() does not say how long a line beyond the limit is: its end was not read yet", () => {
  assertEquals(quote(encode("7".repeat(1024 * 1024 + 1))), `"${"7".repeat(60)}"\u2026 (more than 1048576 bytes)`);
});

Deno.test("escapeByte() writes two digits", () => {
  assertEquals([escapeByte(0), escapeByte(10), escapeByte(255)], ["\\x00", "\\x0A", "\\xFF"]);
});
