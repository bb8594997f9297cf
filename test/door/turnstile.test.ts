import { expect, test } from 'vitest'
import { turnstile } from '../../src/feishu/door/turnstile.ts'
import { turn } from '../../src/turn.ts'

/** A crowd before a turnstile whose turns take `turnMs`; `letIn` is how many have entered by each turn. */
function aCrowd(turnMs: () => number) {
  let [now, seen] = [0, 0]
  const enter = turnstile(() => now)
  const entered: number[] = []
  return {
    entered,
    come(from: number, many: number) {
      for (let nth = from; nth < from + many; nth++) void enter().then(() => entered.push(nth))
    },
    async letIn(turns: number) {
      const each: number[] = []
      while (each.length < turns) {
        await Promise.resolve()
        each.push(entered.length - seen)
        seen = entered.length
        now += turnMs()
        await turn()
      }
      return each
    },
  }
}

test('a crowd comes in turn by turn, in its order', async () => {
  const crowd = aCrowd(() => 5)
  crowd.come(0, 20)
  expect(await crowd.letIn(2)).toEqual([2, 3])
  crowd.come(20, 10)
  expect(await crowd.letIn(6)).toEqual([4, 5, 6, 7, 3, 0])
  expect(crowd.entered).toEqual(Array.from({ length: 30 }, (_, nth) => nth))
})

test('no turn lets more than sixteen in', async () => {
  const crowd = aCrowd(() => 5)
  crowd.come(0, 300)
  expect((await crowd.letIn(20)).slice(10)).toEqual([12, 13, 14, 15, 16, 16, 16, 16, 16, 16])
})

test('after a long turn half as many come in', async () => {
  let turnMs = 5
  const crowd = aCrowd(() => turnMs)
  crowd.come(0, 300)
  expect(await crowd.letIn(6)).toEqual([2, 3, 4, 5, 6, 7])
  turnMs = 30
  expect(await crowd.letIn(6)).toEqual([8, 4, 2, 1, 1, 1])
})
