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
