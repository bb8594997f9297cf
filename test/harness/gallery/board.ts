import { boardLink, linkTo } from '../../../db/pages/links.ts'
import { render } from '../../../src/bot.ts'
import { aShownBranch } from '../../pledges/board-company.ts'
import { type Hung, pages } from './gallery.ts'

/** Duty areas, slogans, and what people let be shown of them. */
export async function theBoard(): Promise<Hung[]> {
  const it = await aShownBranch()
  const hung: Hung[] = []
  const keep = (name: string, card: Hung['card'] | undefined | null) => {
    if (!card) throw new Error(`“${name}” has no card`)
    hung.push({ name, card })
  }
  const hang = async (name: string, args: Record<string, unknown>, as = name) => keep(as, await render(it.db, name, args, it.now(), pages))
  const branch = 'branch'
  const areas = (as?: string) => hang('areas', { subject: 's', branch, viewer: 'm_李华' }, as)
  const screen = (as: string, more: object = {}, viewer = 'm_李华') => hang('screen', { subject: 's', branch, viewer, ...more }, as)
  const board = (as?: string, member = 'm_赵敏') => hang('board', { subject: 's', branch, member }, as)

  await areas('areas, none yet')
  await it.press('李华', { press: 'areas.add', branch }, { form: { name: '服务窗口', place: '一楼大厅', people: ['m_赵敏', 'm_钱进'] } })
  await it.press('李华', { press: 'areas.add', branch }, { form: { name: '三号楼', place: '东侧楼道', people: [] } })
  await areas()
  const area = String((await it.rows("select id from areas where name = '服务窗口'"))[0]?.id)
  await hang('area', { subject: 's', area, viewer: 'm_李华' })
  await it.press('李华', { press: 'areas.check', branch }, { form: { note: '都在岗，三号楼还缺人' } })
  await areas('areas, checked')
  await hang('areaFacts', { branch, quarter: '2026Q4' })

  await screen('screen, empty')
  await screen('screen, as it was said', { words: '安全生产 人人有责', fromOn: '2026-10-08', untilOn: '2026-10-15' })
  const line = { words: '安全生产 人人有责', from: '2026-10-08', until: '2026-10-15' }
  const named = await it.press('张伟', { press: 'screen.submit', branch, isAsked: false }, { form: { ...line, words: '祝贺赵敏同志' } })
  keep('screen, a name in it', named.card)
  await it.press('张伟', { press: 'screen.submit', branch, isAsked: false }, { form: line })
  await screen('screen')
  const id = String((await it.rows('select id from screen_lines'))[0]?.id)
  keep('screen, approved', (await it.press('李华', { press: 'screen.approve', line: id })).card)

  await board()
  await hang('boardPeople', { subject: 's', branch, page: 0, madeAt: it.now().getTime() }, 'boardPeople, nobody yet')
  await it.pledged('赵敏', ['每周三整理党员活动室', '年底前带出两名能独立值班的新员工'], { kept: [0] })
  keep('board, chosen', (await it.press('赵敏', { press: 'board.show', branch, scope: 'unit' })).card)
  await linkTo(it.db, boardLink(branch, 'unit', 'unit', 'm_李华', it.now()), () => 'aaaaaaaaaaaaaaaaaaaa')
  await board('board, for those who keep it', 'm_李华')
  await hang('boardPeople', { subject: 's', branch, page: 0, madeAt: it.now().getTime() })
  await hang('boardPeople', { subject: 's', branch, page: 0, madeAt: 0 }, 'boardPeople, over')
  return hung
}
