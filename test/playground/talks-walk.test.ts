import { mkdirSync } from 'node:fs'
import { afterAll, expect } from 'vitest'
import { aBrowser, overhang } from '../harness/browser/browse.ts'
import { seen } from '../harness/browser/looked.ts'
import { aPlayground } from '../harness/playground.ts'

const playground = await aPlayground()
const { stateOf, post, cardIn, url } = playground
const browse = aBrowser()
const shots = process.env.SHOTS
afterAll(() => playground.stop())

seen.each(['zh-CN', 'en-GB'])('a talk is walked on a phone, in %s', async (locale) => {
  await post('replay', { from: '2026-10-12T09:00:00+08:00', steps: [], expects: [] })
  const { people, chats } = await stateOf()
  const of = (name: string) => {
    const openId = people.find((one) => one.name === name)?.openId ?? ''
    return { openId, dm: chats.find(({ mode, members }) => mode === 'p2p' && members[0] === openId)?.chatId ?? '' }
  }
  const [li, zheng] = [of('李华'), of('郑凯')]
  const cardOf = async (chat: string, words: string) => {
    await expect.poll(() => cardIn(chat, words)).toBeTruthy()
    return (await cardIn(chat, words))?.id ?? ''
  }
  const en = locale !== 'zh-CN'
  const { page, errors } = await browse(url, { locale })
  /** The direct chat of somebody, as their phone shows it. */
  const shown = async ({ openId, dm }: { openId: string; dm: string }, name: string) => {
    await page.evaluate(
      ([as, chat]) => {
        localStorage.setItem('playground as 0', as ?? '')
        localStorage.setItem('playground chat 0', chat ?? '')
      },
      [openId, dm],
    )
    await page.reload()
    await page.locator('.pane:first-child .card').last().waitFor({ timeout: 30_000 })
    expect([errors, await overhang(page)]).toEqual([[], 0])
    if (!shots) return
    mkdirSync(shots, { recursive: true })
    await page.screenshot({ path: `${shots}/${en ? 'en' : 'zh'}-${name}.png` })
  }

  await post('say', { as: li.openId, chat: li.dm, text: '/谈心' })
  await cardOf(li.dm, '积极分子，本季度')
  await shown(li, '1-planner')
  await post('say', { as: li.openId, chat: li.dm, text: en ? '/talk 郑凯 on Saturday' : '/谈心 郑凯 周六' })
  const line = await cardOf(li.dm, '和郑凯谈心')
  await shown(li, '2-line')
  await post('press', { as: li.openId, message: line, path: '谈过了' })
  await cardOf(li.dm, '等郑凯确认')
  await shown(li, '3-claimed')
  const asked = await cardOf(zheng.dm, '李华说这天和你谈过心')
  await shown(zheng, '4-asked')
  await post('press', { as: zheng.openId, message: asked, path: '是，谈过' })
  await cardOf(zheng.dm, '双方都已确认')
  await shown(zheng, '5-confirmed')
  await cardOf(li.dm, '双方都已确认')
  await shown(li, '6-claimer')
  await post('say', { as: zheng.openId, chat: zheng.dm, text: '/谈心' })
  await cardOf(zheng.dm, '想找谁谈')
  await shown(zheng, '7-member')
})
