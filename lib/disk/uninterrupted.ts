/** Calls `operation` again as long as a signal interrupts it, as the kernel may do to any blocking call. */
export function uninterrupted<T>(operation: () => T): T {
  for (;;) {
    try {
      return operation();
    } catch (error) {
      if (!(error instanceof Deno.errors.Interrupted)) throw error;
    }
  }
}

/** {@linkcode uninterrupted} for what is awaited. */
export async function uninterruptedAsync<T>(operation: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await operation();
    } catch (error) {
      if (!(error instanceof Deno.errors.Interrupted)) throw error;
    }
  }
}
