/** The kinds of free words about people that are sealed. Each branch has a key for each. */
export const purposes = ['notes', 'opinions', 'worries', 'integrity'] as const

export type Purpose = (typeof purposes)[number]
