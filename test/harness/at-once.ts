/** Runs that many tasks at once, however long each takes. */
export async function atOnce<T>(parallel: number, all: readonly (() => Promise<T>)[]): Promise<T[]> {
  const done: T[] = []
  let next = 0
  const worker = async () => {
    for (let nth = next++; nth < all.length; nth = next++) done[nth] = (await all[nth]?.()) as T
  }
  await Promise.all(Array.from({ length: parallel }, worker))
  return done
}
