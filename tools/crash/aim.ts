import type { Rehearsed } from "./bench.ts";
import type { Injection } from "./system_calls.ts";

/** A call that strace can be told to disturb. */
export type Aim = Pick<Injection, "call" | "when" | "path">;

/**
 * The calls of a run that strace can single out. It counts for each thread by itself, so these are all of the main
 * thread, which alone writes, and of the others, which open, read and lock for coroutines, the first of each name for
 * each path.
 */
export function aimsOf({ calls, inputs }: Pick<Rehearsed, "calls" | "inputs">): Aim[] {
  const counts = new Map<string, number>();
  const others = new Map<string, Aim>();
  const main = calls.find(({ name }) => name === "write")?.thread;
  for (const { thread, name, texts } of calls) {
    if (thread === main) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    } else {
      const named = new TextDecoder().decode(texts[0]);
      const path = name === "flock" ? undefined : inputs.includes(named) ? named : inputs[0];
      others.set(`${name} ${path}`, { call: name, when: 1, path });
    }
  }
  const ofMain = [...counts].flatMap(([call, count]) =>
    Array.from({ length: count }, (_, i): Aim => ({ call, when: i + 1 }))
  );
  return [...ofMain, ...others.values()];
}

/** A kill before each call of these names that can be singled out. */
export function killsOf(rehearsed: Parameters<typeof aimsOf>[0], names: readonly string[]): Injection[] {
  return aimsOf(rehearsed)
    .filter(({ call }) => names.includes(call))
    .map((aim) => ({ ...aim, fault: "SIGKILL", lasting: false }));
}
