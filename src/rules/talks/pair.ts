/** The pair of a talk in the order in which it is kept, so that either one's claim finds the other's. */
export const pairOf = (one: string, other: string): { a: string; b: string } => (one < other ? { a: one, b: other } : { a: other, b: one })
