/** A system call, as strace wrote it down with `-f -xx`. */
export interface Call {
  /** The thread that made it, by its number. */
  thread: string;
  name: string;
  /** The arguments as they stand, with every text in hexadecimal. */
  args: string;
  /** The arguments that are texts, as bytes. */
  texts: Uint8Array[];
  /** What it returned; `undefined` if the process died in it. */
  result: number | undefined;
  /** Whether strace made it fail. */
  injected: boolean;
}

/** Reads strace's log into calls, in the order in which they began. */
export function readTrace(log: string): Call[] {
  const calls: Call[] = [];
  /** The call that each thread is in. */
  const open = new Map<string, Call>();
  for (const line of log.split("\n")) {
    const [, thread = "", rest = ""] = /^(\d+) +(.*)$/.exec(line) ?? [];
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest);
    const begun = /^(\w+)\((.*)$/.exec(rest);
    const call = resumed ? open.get(thread) : begun ? newCall(thread, begun[1]!) : undefined;
    if (!call) continue;
    if (begun) calls.push(call);
    const text = resumed?.[1] ?? begun?.[2] ?? "";
    if (text.endsWith("<unfinished ...>")) open.set(thread, call);
    else open.delete(thread);
    finish(call, text);
  }
  return calls;
}

function newCall(thread: string, name: string): Call {
  return { thread, name, args: "", texts: [], result: undefined, injected: false };
}

/** Adds what a line tells of a call: all of it, its beginning or its end. */
function finish(call: Call, text: string): void {
  const [, args = text, result] = /^(.*)\) += (-?\d+|\?)/.exec(text) ?? [];
  call.args += args.replace(/ *<unfinished \.\.\.>$/, "");
  call.texts.push(...Array.from(args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g), ([, hex]) => fromHex(hex!)));
  if (result !== undefined && result !== "?") call.result = Number(result);
  call.injected ||= text.includes("(INJECTED)");
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.split("\\x").slice(1), (digits) => parseInt(digits, 16));
}
