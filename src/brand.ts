/** Whether a value bears a brand. Presses and views are collected by it from the exports of the card files. */
export const isBranded = (it: unknown, brand: string) => typeof it === 'object' && it !== null && 'is' in it && it.is === brand
