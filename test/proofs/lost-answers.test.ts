import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { fillFile } from '../crash/rosters.ts'
import { anApp } from '../harness/app.ts'
import { atOnce } from '../harness/at-once.ts'
import { aStore } from '../harness/database.ts'
import { proved } from './sizes.ts'

// T15: 1,000 presses whose answer is dropped, each pressed again
test('a press whose answer was lost is one arrival, and says so', async ({ task }) => {
  const start = moment('2026-10-08', '14:50')
  const path = join(tmpdir(), `zhibu-lost-${process.pid}.db`)
  const { expected } = await fillFile(path, { branches: 50, people: 20, gatheringsEach: 1, cards: 'posted' }, start)
  const store = await aStore(path)
  const app = anApp(store)
  app.to(start)
  const press = ({ openId, gathering, chatId }: (typeof expected)[number]) =>
    app.presses(openId, { press: 'gathering.checkIn', gathering }, { chat: chatId, messageId: `om_${gathering}` })
  let said = 0
  await atOnce(
    20,
    expected.map((one, nth) => async () => {
      // Every third answer is not even waited for: the second press comes while the first is under way.
      const lost = press(one)
      if (nth % 3 > 0) await lost
      const second = await press(one)
      await lost
      expect(second.toast?.type).toMatch(/warning|success/)
      const words = [(await lost).toast?.content ?? '', second.toast?.content ?? '']
      expect(words.filter((each) => each.includes('签到成功'))).toHaveLength(1)
      expect(words.filter((each) => /你已签到|你已经签到/.test(each))).toHaveLength(1)
      if (nth % 3 > 0) expect(words[1]).toMatch(/你已签到|你已经签到/)
      said++
    }),
  )
  const { arrivals, audit } = await app.counts()
  expect({ arrivals, audit, said }).toEqual({ arrivals: 1_000, audit: 1_000, said: 1_000 })
  proved(task, 'T15', '1,000 answers lost: 1,000 arrivals, 1,000 second presses told so')
})
