import { expect } from 'vitest'
import { SECRETARY, type TestHost } from '../harness/host.ts'
import { until } from '../harness/until.ts'
import { foundBranch, GROUP } from './founding.ts'

const RECEIPT = /[A-Z2-7]{4}-[A-Z2-7]{4}/

/** Plays three ballots from the form to the result. A press closes a secret resolution, the clock a pulse; an award is by name. */
export async function playBallots(host: TestHost) {
  const { feishu } = host
  const { ou, dm, textOf, cardWith, okay } = await foundBranch(host)
  const everybody = ['李华', '王芳', '张伟', '赵敏', '钱进']

  async function opens(title: string, form: Record<string, unknown>) {
    okay(await feishu.say(SECRETARY, dm('李华'), `/投票 ${title}`))
    const asked = await cardWith(dm('李华'), '发起投票')
    okay(await feishu.press(SECRETARY, asked.id, '发起', { form: { closes: '2026-07-08 17:00', ...form } }))
    expect(feishu.toasts.at(-1)?.content).toContain('选票私聊发给 5 人')
    for (const name of everybody) await cardWith(dm(name), title)
  }
  async function votes(name: string, title: string, control: string, form?: Record<string, unknown>) {
    // The person who runs the ballot has another card about it.
    const ballot = await cardWith(dm(name), `"content":"${title}"`)
    // The receipt is shown only on a card that the bot knows to be the voter's own.
    await until('the bot to know of the card', () => host.hasPosted(ballot.id))
    okay(await feishu.press(ou(name), ballot.id, control, form ? { form } : {}))
    const toast = feishu.toasts.at(-1)
    expect(toast).toMatchObject({ openId: ou(name), type: 'success', content: expect.stringContaining('已投票') })
    return { receipt: RECEIPT.exec(toast?.content ?? '')?.[0] ?? '', shown: textOf(feishu.message(ballot.id)) }
  }

  // Secret: each vote is sealed on arrival, and its receipt is shown this once.
  await opens('选派李华参加培训', {})
  const turnout = await cardWith(GROUP, '选派李华参加培训')
  const receipts: string[] = []
  for (const [name, stance] of [
    ['李华', '赞成'],
    ['王芳', '不赞成'],
    ['张伟', '赞成'],
    ['赵敏', '赞成'],
  ] as const) {
    const { receipt, shown } = await votes(name, '表决 · 选派李华参加培训', stance)
    expect(receipt).toMatch(RECEIPT)
    expect(shown).toContain(receipt)
    expect(shown).not.toContain('赞成')
    receipts.push(receipt)
  }
  const again = await cardWith(dm('王芳'), '选派李华参加培训')
  okay(await feishu.press(ou('王芳'), again.id, '赞成', { version: 0 }))
  expect(feishu.toasts.at(-1)?.content).toContain('已经记录')
  // The organiser may close it once half have voted; their card says so at its next refresh.
  host.forward(25_000)
  await host.turn()
  await until('the organiser to be offered the close', async () => textOf(await cardWith(dm('李华'), '组织 · 表决')).includes('结束投票'))
  okay(await feishu.press(SECRETARY, (await cardWith(dm('李华'), '组织 · 表决')).id, '结束投票'))
  const result = await cardWith(dm('李华'), '结果 · 表决')
  expect(textOf(result)).toContain('赞成 3 · 不赞成 1 · 弃权 0')
  expect(textOf(result)).toContain('**通过**')
  for (const receipt of receipts) expect(textOf(result).replaceAll('&#45;', '-')).toContain(receipt)
  host.forward(25_000)
  await host.turn()
  await until('the group card to show the result', () => textOf(feishu.message(turnout.id)).includes('赞成 3'))

  // A pulse of five, and an award by name, both closed by the clock.
  await opens('支部工作满意度', {})
  await opens('推荐先进个人', { subjects: '王芳\n张伟', secrecy: 'named' })
  for (const name of everybody) {
    await votes(name, '民意测评 · 支部工作满意度', '投票', { agreement_1: name === '钱进' ? '2' : '5' })
    await votes(name, '评优推荐 · 推荐先进个人', '投票', { chosen: [name === '赵敏' ? '2' : '1'] })
  }
  await votes('张伟', '评优推荐 · 推荐先进个人', '改投', { chosen: ['2'] })
  host.at('2026-07-08', '17:01')
  await host.turn()
  expect(textOf(await cardWith(dm('李华'), '结果 · 民意测评'))).toContain('很满意 4 · 不满意 1 · 平均 4.4')
  const award = textOf(await cardWith(dm('李华'), '结果 · 评优推荐'))
  expect(award).toContain('**王芳**　3 票')
  expect(award).toContain('推荐张伟的：张伟、赵敏')

  return {
    cards: feishu.messages.filter(({ sender }) => sender.kind === 'app').flatMap(({ versions }) => versions.map(({ content }) => content)),
    receipts,
    openIds: everybody.map(ou),
  }
}
