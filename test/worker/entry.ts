import { type Env, workerFor } from '../../src/worker.ts'

/** The product's Worker, going by the stand-in's clock: asked once a request, and on from there. */
export default workerFor(async ({ TEST_CLOCK_URL }: Env) => {
  const { now } = await (await fetch(String(TEST_CLOCK_URL))).json<{ now: number }>()
  const since = performance.now()
  return () => new Date(now + performance.now() - since)
})
