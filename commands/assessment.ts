import { order } from '../cards/order.ts'
import { inDirectChat } from '../cards/say.ts'
import { score } from '../cards/score.ts'
import { lookUp } from '../db/client.ts'
import { committeeLineage } from '../db/units.ts'
import { addQuarters, isQuarter, type Quarter, quarter } from '../src/calendar.ts'
import { command } from '../src/command.ts'
import { known, mayOrRefuse, placeOf } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { t } from '../src/text.ts'
import { branchHere } from '../src/whereabouts.ts'

export const assessment = command({
  name: 'score',
  zh: '考核',
  also: ['得分', '排行', 'assessment', 'scoreboard'],
  summary: t('本季度（或上季度、2026Q3）的得分和依据', 'This quarter’s score and its evidence (or last, 2026Q3)'),
  usage: t('/考核 上季度', '/score last'),
  rights: ['seeScore', 'seeOrder'],
  async answer(ctx, rest) {
    const here = known(ctx)
    const asked = quarterSaid(rest, here.now)
    const { bound } = here.chat
    if (bound?.committee) {
      const { committee, unit } = bound
      const [above] = await lookUp(here.db, [committeeLineage(here.db, committee)])
      mayOrRefuse(here.actor, 'seeOrder', { unit, lineage: above.map(({ id }) => id) })
      return order.args({ committee, quarter: asked })
    }
    const branch = await branchHere(here)
    mayOrRefuse(here.actor, 'seeScore', placeOf(branch))
    const shown = score.args({ branch: branch.id, quarter: asked })
    return here.chat.isGroup && !here.chat.bound ? inDirectChat(here, shown) : shown
  },
})

const numerals = ['一', '二', '三', '四']

/** `2026Q3`, `第三季度`, `上季度`, `Q3`, `last`; nothing said is the quarter that runs. */
function quarterSaid(words: string, now: Date): Quarter {
  const said = words.toUpperCase().replace(/\s+/gu, '')
  if (said === '' || /^(本季度?|这个?季度|THIS(QUARTER)?)$/.test(said)) return quarter(now)
  if (/^(上个?季度?|上季|LAST(QUARTER)?|PREVIOUS)$/.test(said)) return addQuarters(quarter(now), -1)
  const [, year, number] = /^(?:(20\d{2})年?)?(?:第|Q)?([1-4一二三四])(?:季度?)?$/.exec(said) ?? []
  const nth = number && (/[1-4]/.test(number) ? number : String(numerals.indexOf(number) + 1))
  const meant = `${year ?? quarter(now).slice(0, 4)}Q${nth ?? ''}`
  if (isQuarter(meant) && meant <= quarter(now)) return meant
  if (isQuarter(meant) && nth)
    refuse('这个季度还没开始，可以说：考核、考核 上季度。', 'That quarter has not begun; you can say: score, score last.')
  return refuse('请说哪个季度，例如：考核 上季度、考核 2026Q3。', 'Please say which quarter, for example: score last, score 2026Q3.')
}
