/** Lets everything else that is ready run first. The embedded store answers without waiting, so a long loop never yields by itself. */
export const turn = () => new Promise<void>((done) => setImmediate(done))
