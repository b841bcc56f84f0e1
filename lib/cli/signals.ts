/** The signals that ask a run to stop, with their numbers. */
const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

/** A signal that asks a run to stop. */
export type StopSignal = keyof typeof SIGNALS;

/** Takes note of signals from now on. */
export interface SignalWatch extends Disposable {
  /** The signal that came, if one did. */
  readonly signal: StopSignal | undefined;
  /** Resolves when a signal has come. */
  readonly arrived: Promise<void>;
}

/**
 * How long the same signal again is an echo of the first, in milliseconds: a terminal sends Ctrl+C to the program and to
 * `npx` before it, which passes it on.
 */
const ECHO_MS = 300;

/**
 * Takes note of the first signal that asks to stop, in place of dying of it. A second one, unless it is an echo, kills
 * at once, since nothing listens any more.
 */
export function watchSignals(): SignalWatch {
  let signal: StopSignal | undefined;
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  const listeners = new Map<StopSignal, () => void>();
  let echo: ReturnType<typeof setTimeout> | undefined;
  const forget = (kept?: StopSignal) => {
    for (const [name, listener] of listeners) {
      if (name === kept) continue;
      Deno.removeSignalListener(name, listener);
      listeners.delete(name);
    }
  };
  for (const name of Object.keys(SIGNALS) as StopSignal[]) {
    const listener = () => {
      if (signal !== undefined) return;
      signal = name;
      forget(name);
      echo = setTimeout(forget, ECHO_MS);
      arrive();
    };
    try {
      Deno.addSignalListener(name, listener);
      listeners.set(name, listener);
    } catch { /* Windows does not have them all */ }
  }
  return {
    get signal() {
      return signal;
    },
    arrived,
    [Symbol.dispose]: () => {
      clearTimeout(echo);
      forget();
    },
  };
}

/**
 * Lets the event loop turn once, so that a signal is taken note of: awaiting a settled promise is not enough. The
 * module that can is imported at the first call; it costs 5 ms.
 */
export async function turnEventLoop(): Promise<void> {
  const { setImmediate } = await import("node:timers");
  await new Promise<void>((resolve) => void setImmediate(resolve));
}

/** Ends the process as the signal would have; where that is not allowed, with the exit code that stands for it. */
export async function dieOf(signal: StopSignal): Promise<never> {
  try {
    Deno.kill(Deno.pid, signal);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  } catch { /* needs a permission in older versions of Deno */ }
  Deno.exit(128 + SIGNALS[signal]);
}
