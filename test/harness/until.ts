const LIMIT_MS = 120_000

/** Waits until something is found or holds, and returns it; a busy machine takes as long as it takes. `what` is said when it never comes. */
export async function until<T>(what: string | (() => string), found: () => T | Promise<T>): Promise<Exclude<T, false | null | undefined>> {
  const end = performance.now() + LIMIT_MS
  for (;;) {
    const value = await found()
    if (value) return value as Exclude<T, false | null | undefined>
    if (performance.now() > end) throw new Error(`waited in vain for: ${typeof what === 'string' ? what : what()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
