/** First bytes of files that are not text of one number a line. */
const KNOWN_FILES: readonly { bytes: readonly number[]; reason: string }[] = [
  { bytes: [0xFF, 0xFE, 0, 0], reason: "this is UTF-32 text; make it UTF-8 with iconv -f UTF-32 -t UTF-8" },
  { bytes: [0xFF, 0xFE], reason: "this is UTF-16 text; make it UTF-8 with iconv -f UTF-16 -t UTF-8" },
  { bytes: [0xFE, 0xFF], reason: "this is UTF-16 text; make it UTF-8 with iconv -f UTF-16 -t UTF-8" },
  { bytes: [0x1F, 0x8B], reason: "this is gzip data; unpack it with gunzip" },
  { bytes: [0x28, 0xB5, 0x2F, 0xFD], reason: "this is zstd data; unpack it with unzstd" },
  { bytes: [0xFD, 0x37, 0x7A, 0x58, 0x5A], reason: "this is xz data; unpack it with unxz" },
  { bytes: [0x42, 0x5A, 0x68], reason: "this is bzip2 data; unpack it with bunzip2" },
  { bytes: [0x50, 0x4B, 0x03, 0x04], reason: "this is a ZIP archive or an office document, not text" },
  { bytes: [0x50, 0x41, 0x52, 0x31], reason: "this is a Parquet file, not text" },
  { bytes: [0x7F, 0x45, 0x4C, 0x46], reason: "this is a program, not text" },
];

/** What the first line of a file of another kind looks like, or a header. */
interface KnownText {
  form: RegExp;
  reason: string;
  isHeader?: boolean;
}

/** The first that fits is said. They are made when they are asked for, as the known forms of explain_line.ts are. */
function knownTexts(): readonly KnownText[] {
  return [
    // without a byte order mark: every other byte is 0; the line feed's own 0 is in the next line, or in this one
    { form: /^(?:[^\0]\0)+$/, reason: "this looks like UTF-16 text; make it UTF-8 with iconv -f UTF-16LE -t UTF-8" },
    { form: /^(?:\0[^\0])+\0?$/, reason: "this looks like UTF-16 text; make it UTF-8 with iconv -f UTF-16BE -t UTF-8" },
    // words that say of a number what it is, as any other line may have them
    { form: /^[ \t]*(nan|inf|infinity|na|n\/a|null|nil|none)[ \t]*\r?$/i, reason: "" },
    { form: /^[ \t]*[[{]/, reason: "this looks like JSON, not a number a line" },
    { form: /^[ \t]*</, reason: "this looks like HTML or XML, not a number a line" },
    {
      form: /^["' \t]*[\p{L}_#][^\p{Cc}\uFFFD,;|]*["']?[,;|\t][^\p{Cc}\uFFFD]*\r?$/u,
      reason: "this looks like the header of a CSV file; --column sums one of its columns",
      isHeader: true,
    },
    {
      form: /^["' ]*[\p{L}_#][^\p{Cc}\uFFFD]*\r?$/u,
      reason: "not a number; if it is a header, leave it out with tail -n +2",
      isHeader: true,
    },
  ];
}

/** The longest first line that is taken for text of another kind, in bytes; even, as UTF-16 is. */
const MOST_LOOKED_AT = 1024;

/** What a first line shows. */
export interface FirstLine {
  reason: string;
  /** Whether all of the file is of another kind. */
  isOtherFile: boolean;
}

/** Says what kind of file begins with such a line, if it is clearly not one of a number a line. */
export function explainFirstLine(bytes: Uint8Array): FirstLine | undefined {
  const known = KNOWN_FILES.find(({ bytes: first }) => first.every((byte, i) => bytes[i] === byte));
  if (known) return { reason: known.reason, isOtherFile: true };
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, MOST_LOOKED_AT));
  const { reason = "", isHeader = false } = knownTexts().find(({ form }) => form.test(text)) ?? {};
  return reason === "" ? undefined : { reason, isOtherFile: !isHeader };
}
