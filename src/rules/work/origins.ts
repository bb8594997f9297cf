/** The things a task can be born of. Those without a module yet are written by the features that bring them. */
export const taskOrigins = ['decision', 'voice', 'lifeProblem', 'analysis', 'integrity', 'plain'] as const

export type TaskOrigin = (typeof taskOrigins)[number]
