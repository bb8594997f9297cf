import { expect, test } from 'vitest'
import { turnstile } from '../../src/feishu/door/turnstile.ts'
import { turn } from '../../src/turn.ts'

test('a crowd comes in by sixteen a turn, in its order', async () => {
  const enter = turnstile()
  const entered: number[] = []
  const come = (from: number, many: number) => {
    for (let nth = from; nth < from + many; nth++) void enter().then(() => entered.push(nth))
  }
  come(0, 40)
  const inside = []
  for (let turns = 0; turns < 4; turns++) {
    await Promise.resolve()
    inside.push(entered.length)
    if (turns === 1) come(40, 10)
    await turn()
  }
  expect(inside).toEqual([16, 32, 48, 50])
  expect(entered).toEqual(Array.from({ length: 50 }, (_, nth) => nth))
})
