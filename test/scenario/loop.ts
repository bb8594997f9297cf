import { expect } from 'vitest'
import type { Message } from '../../src/playground/feishu/feishu.ts'
import { SECRETARY, type TestHost } from '../harness/host.ts'
import { until } from '../harness/until.ts'
import { COMMITTEE_CHAT, foundBranch, GROUP } from './founding.ts'

/** Plays the main job from an empty database to the quarter's score. People bind, meet, check in and close; the met duty sends no alert. */
export async function playLoop(host: TestHost) {
  const { feishu } = host
  const { ou, dm, cards, textOf, cardWith, okay } = await foundBranch(host)
  const digests = () => cards(dm('李华')).filter((card) => textOf(card).includes('支部工作提醒'))
  const alerted = (words: string) => digests().filter((card) => textOf(card).includes(words))
  /** The clock goes on to each of these mornings, and its jobs run; messages are spread over 20 minutes. */
  const mornings = async (...days: string[]) => {
    for (const day of days) {
      host.at(day, '09:00')
      await host.turn()
      host.at(day, '09:21')
      await host.turn()
    }
  }

  // A meeting in one line; five check in, one of them late, one by word.
  okay(await feishu.say(SECRETARY, GROUP, '@支部 /会议 支委会 周五 15:00 三楼会议室'))
  const meeting = await cardWith(GROUP, '三楼会议室')
  host.at('2026-07-10', '14:40')
  for (const name of ['李华', '王芳', '张伟']) {
    okay(await feishu.press(ou(name), meeting.id, '签到'))
    expect(feishu.toasts.at(-1)).toMatchObject({ openId: ou(name), content: '签到成功，准时。' })
  }
  okay(await feishu.say(ou('赵敏'), dm('赵敏'), '签到'))
  await cardWith(dm('赵敏'), '签到成功，准时。')
  host.at('2026-07-10', '15:07')
  okay(await feishu.press(ou('钱进'), meeting.id, '签到'))
  expect(feishu.toasts.at(-1)).toMatchObject({ content: '签到成功，记为迟到。', i18n: { en_us: 'Checked in, recorded as late.' } })

  // The host closes; the card in the group comes to say so.
  host.at('2026-07-10', '15:50')
  await host.turn()
  const hosting = await cardWith(dm('李华'), '结束会议')
  okay(await feishu.press(SECRETARY, hosting.id, '结束会议'))
  host.forward(5_000)
  await host.turn()
  await until('the group card to show the close', () => textOf(feishu.message(meeting.id)).includes('已计入标准（12）'))

  // July's duty is met, so what comes in July says nothing of it.
  await mornings('2026-07-22', '2026-07-28', '2026-07-30', '2026-08-03')
  await until('the first digest', () => digests().length > 0)
  expect(alerted('7月 党员学习')).not.toHaveLength(0)
  expect(alerted('7月 支委会')).toHaveLength(0)

  // August: nothing is held. The alert comes seven working days before, with the button that opens the form.
  await mornings('2026-08-20')
  await until('the alert', () => alerted('8月 支委会').length === 1)
  const [alert] = alerted('8月 支委会') as [Message]
  okay(await feishu.press(SECRETARY, alert.id, '现在就召集'))
  const form = await cardWith(dm('李华'), '召集会议')
  okay(await feishu.press(SECRETARY, form.id, 'call_submit', { form: { kind: 'committee', starts: '2026-08-21 10:00', place: '二楼' } }))
  const second = await cardWith(GROUP, '二楼')
  host.at('2026-08-21', '09:50')
  for (const name of ['李华', '王芳', '张伟']) okay(await feishu.press(ou(name), second.id, '签到'))
  host.at('2026-08-21', '11:01')
  await host.turn()
  await until('the clock to close it', () => textOf(feishu.message(second.id)).includes('已结束'))
  await mornings('2026-08-26', '2026-08-28')
  expect(alerted('8月 支委会')).toHaveLength(1)

  // September is left open and overdue; the quarter's score says all of it, in the group, with its evidence.
  await mornings('2026-10-08')
  for (const time of ['09:30', '09:51']) {
    host.at('2026-10-08', time)
    await host.turn()
  }
  const score = await cardWith(GROUP, '2026年第三季度 考核')
  okay(await feishu.press(SECRETARY, score.id, '全部明细'))
  const whole = await cardWith(dm('李华'), '这个分数怎么来的')
  for (const words of ['7月10日（周五）召开', '8月21日（周五）召开', '（12）三会一课** 1.8 / 8 分']) expect(textOf(whole)).toContain(words)
  const order = await cardWith(COMMITTEE_CHAT, '各支部考核')
  expect(textOf(order)).toContain('第一支部')
  await cardWith(dm('李华'), '已逾期')

  // The same at any time, in words.
  okay(await feishu.say(SECRETARY, GROUP, '@支部 考核 上季度'))
  await until('the score again', () => cards(GROUP).filter((card) => textOf(card).includes('2026年第三季度 考核')).length === 2)
  return {
    cards: feishu.messages.filter(({ sender }) => sender.kind === 'app').flatMap(({ versions }) => versions.map(({ content }) => content)),
  }
}
