/** Whether a value bears a brand: presses and views are collected from what the card files export. */
export const isBranded = (it: unknown, brand: string) => typeof it === 'object' && it !== null && 'is' in it && it.is === brand
