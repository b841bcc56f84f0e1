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
 * How long the same signal again is an echo of the first, in milliseconds: a terminal sends Ctrl+C to the program and
 * to `npx` before it, which passes it on.
 */
const ECHO_MS = 300;

/**
 * Takes note of the first signal that asks to stop, in place of dying of it. A second one, unless it is an echo, kills
 * at once. No timer is used for that: the first one costs 10 ms in Deno 2.9, and clearing none at all does too.
 */
export function watchSignals(): SignalWatch {
  let signal: StopSignal | undefined;
  let came = 0;
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  const listeners = new Map<StopSignal, () => void>();
  const forget = (kept?: StopSignal) => {
    for (const [name, listener] of listeners) {
      if (name === kept) continue;
      Deno.removeSignalListener(name, listener);
      listeners.delete(name);
    }
  };
  const take = (name: StopSignal) => {
    const now = performance.now();
    if (signal === undefined) {
      [signal, came] = [name, now];
      forget(name);
      arrive();
    } else if (now - came > ECHO_MS) {
      forget();
      dieOf(name);
    }
  };
  for (const name of Object.keys(SIGNALS) as StopSignal[]) {
    const listener = () => take(name);
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
    [Symbol.dispose]: () => forget(),
  };
}

/** Ends the process as the signal would have; where that is not allowed, with the exit code that stands for it. */
export async function dieOf(signal: StopSignal): Promise<never> {
  try {
    Deno.kill(Deno.pid, signal);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  } catch { /* needs a permission in older versions of Deno */ }
  Deno.exit(128 + SIGNALS[signal]);
}
