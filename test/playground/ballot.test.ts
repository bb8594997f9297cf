import { afterAll, expect, test } from 'vitest'
import type { WireLine } from '../../src/playground/inspect.ts'
import { aPlayground } from '../harness/playground.ts'

const playground = await aPlayground()
const { stateOf, post, cardIn, ask, url } = playground
afterAll(() => playground.stop())

async function people() {
  const { people, chats } = await stateOf()
  return (name: string) => {
    const openId = people.find((one) => one.name === name)?.openId ?? ''
    return { openId, dm: chats.find(({ mode, members }) => mode === 'p2p' && members[0] === openId)?.chatId ?? '' }
  }
}

async function cardOf(chat: string, words: string): Promise<string> {
  await expect.poll(() => cardIn(chat, words), { timeout: 10_000 }).toBeTruthy()
  return (await cardIn(chat, words))?.id ?? ''
}

test('the inspector shows a secret vote and its answer without the choice', async () => {
  // Ballots are sent in courteous hours: the test begins on a working morning.
  await post('replay', { from: '2026-10-12T09:00:00+08:00', steps: [], expects: [] })
  const of = await people()
  const [li, wang] = [of('李华'), of('王芳')]
  await post('say', { as: li.openId, chat: li.dm, text: '/投票 选派李华参加培训' })
  await post('press', { as: li.openId, message: await cardOf(li.dm, '发起投票'), path: '发起' })
  const ballot = await cardOf(wang.dm, '选派李华参加培训')
  await post('press', { as: wang.openId, message: ballot, path: '不赞成' })
  await expect.poll(async () => JSON.stringify((await cardIn(wang.dm, '选派李华参加培训'))?.content)).toContain('你已投票')
  const seen = (await ask<WireLine[]>(`inspect?message=${ballot}`)).find(({ path }) => path === 'card.action.trigger')
  const wire = seen?.wire as { event: { action: { value: object } } } | undefined
  expect(wire?.event.action.value).toMatchObject({ press: 'ballot.vote', ballot: expect.stringMatching(/^[a-z2-7]{20}$/), stance: '•••' })
  expect(JSON.stringify(seen)).not.toMatch(/against|不赞成/)
  expect(seen?.written?.rows).toMatchObject({ 'insert turnout': 1, 'insert marks': 2 })
})

test('the playground’s store is a file, and is wiped like one', async () => {
  expect(await (await fetch(`${url}secrecy`)).text()).toContain('数据库文件随后重写一遍')
})
