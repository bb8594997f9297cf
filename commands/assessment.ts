import { groupMeant, refusedDay, whatIf } from '../cards/duties/what-if.ts'
import { inDirectChat, say } from '../cards/home/say.ts'
import { order } from '../cards/scoreboard/order.ts'
import { score } from '../cards/scoreboard/score.ts'
import { committeeLineage, groupsOf } from '../db/branches/units.ts'
import { lookUp, statementOf, together } from '../db/client.ts'
import { assessmentLinks, revokeLink } from '../db/pages/links.ts'
import { addQuarters, day, isQuarter, type Quarter, quarter } from '../src/calendar.ts'
import { branchHere } from '../src/chats/whereabouts.ts'
import { command } from '../src/command.ts'
import { type KnownContext, mayOrRefuse, memberOrRefuse, placeOf, reply } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { tagsOf } from '../src/rules/gatherings/agenda.ts'
import { kindOf } from '../src/rules/gatherings/gatherings.ts'
import { t } from '../src/text.ts'

export const assessment = command({
  name: 'score',
  zh: '考核',
  part: 'everybody',
  also: ['得分', '排行', 'assessment', 'scoreboard'],
  summary: t('本季度（或上季度、2026Q3）的得分和依据', 'This quarter’s score and its evidence (or last, 2026Q3)'),
  usage: t(
    '/考核 上季度；/考核 如果 支委会 12月20日、如果 评议 12月20日；/考核 网页 撤销',
    '/score last; /score if committee 20 Dec, if evaluation 20 Dec; /score web revoke',
  ),
  rights: ['seeScore', 'seeOrder', 'revokeScoreLinks'],
  async answer(ctx, rest) {
    const here = memberOrRefuse(ctx)
    const supposed = IF.exec(rest)
    if (supposed) return suppose(here, rest.slice(supposed[0].length))
    if (REVOKE.test(rest)) return revokeLinks(here)
    const asked = quarterSaid(rest.replace(ON_THE_WEB, ''), here.now)
    const { kind, id, place } = await spokenOf(here)
    mayOrRefuse(here.actor, kind === 'scoreboard' ? 'seeOrder' : 'seeScore', place)
    if (kind === 'scoreboard') return order.args({ committee: id, quarter: asked })
    if (here.chat.isGroup && here.chat.bound) return score.args({ branch: id, quarter: asked, isShort: true })
    const shown = score.args({ branch: id, quarter: asked })
    return here.chat.isGroup ? inDirectChat(here, shown) : shown
  },
})

const ON_THE_WEB = /^\s*(?:网页版?|web\b)/iu
const REVOKE = /^\s*(?:网页版?|链接|web|links?)\s*(?:撤销|收回|作废|revoke|withdraw)\s*$/iu

/** Old addresses stop opening at once; the next card that is sent carries a new one. */
async function revokeLinks(here: KnownContext): Promise<undefined> {
  const { actor, db, now } = here
  const about = await spokenOf(here)
  mayOrRefuse(actor, 'revokeScoreLinks', about.place)
  const [open] = await lookUp(db, [assessmentLinks(db, about.kind, about.id, now)])
  const said =
    open.length > 0
      ? t(
          `已撤销 ${open.length} 个网页链接，旧地址马上打不开；之后发出的卡片带新的地址。`,
          `${open.length === 1 ? 'One web link is' : `${open.length} web links are`} revoked, and the old addresses open no more; cards sent from now on carry new ones.`,
        )
      : t('现在没有可以打开的网页链接。', 'There is no web link that could be opened.')
  await together(db, [...open.flatMap((link) => revokeLink(db, link, actor.id, now)), statementOf(reply(here, say.args(said)))])
}

/** The committee whose chat it is, or else the branch. */
async function spokenOf(here: KnownContext) {
  const { bound } = here.chat
  if (bound?.committee) {
    const { committee: id, unit } = bound
    const [above] = await lookUp(here.db, [committeeLineage(here.db, id)])
    return { kind: 'scoreboard' as const, id, place: { unit, lineage: above.map((one) => one.id) } }
  }
  const branch = await branchHere(here)
  return { kind: 'branchScore' as const, id: branch.id, place: placeOf(branch) }
}

const IF = /^\s*(?:如果|假如|要是|若|what if|if)\s*/iu

const EVALUATION = /^\s*(?:年度|年终)?(?:民主)?评议(?:党员)?|^\s*(?:year-end |yearly )?(?:evaluation|democratic review)\b/iu

/** `如果 支委会 12月20日 议题 学习` supposes a meeting in the running quarter. The answer is the asker's alone; a form asks for the rest. */
async function suppose(here: KnownContext, words: string) {
  const branch = await branchHere(here)
  mayOrRefuse(here.actor, 'seeScore', placeOf(branch))
  const { db, now, chat } = here
  const [{ readWhen }, { groupNamed }] = await Promise.all([
    import('../src/rules/time/when.ts'),
    import('../src/rules/gatherings/named-group.ts'),
  ])
  const [groups] = await lookUp(db, [groupsOf(db, branch.id)])
  const named = groupNamed(words, groups)
  const spoken = EVALUATION.test(words)
    ? { kind: 'evaluation' as const, rest: words.replace(EVALUATION, '') }
    : kindOf(named?.rest ?? words)
  const when = readWhen(spoken?.rest ?? words, now)
  if (when.found === 'unclear') refuse(when.why.zh, when.why.en)
  const on = when.found === 'day' ? when.day : when.found === 'moment' ? day(when.at) : undefined
  const asked = quarter(now)
  const why = on && refusedDay(asked, on, now)
  if (why) refuse(why.zh, why.en)
  const kind = spoken?.kind
  const group = kind && on ? groupMeant(kind, groups, named?.group.id ?? chat.bound?.group ?? '') : undefined
  const shown = whatIf.args({ branch: branch.id, quarter: asked, kind, on, group, tags: kind ? tagsOf(when.rest) : undefined })
  return chat.isGroup ? inDirectChat(here, shown) : shown
}

const numerals = ['一', '二', '三', '四']

/** `2026Q3`, `第三季度`, `上季度`, `Q3`, `last`; empty words mean the running quarter. */
function quarterSaid(words: string, now: Date): Quarter {
  const [year, before] = [quarter(now).slice(0, 4), addQuarters(quarter(now), -4).slice(0, 4)]
  const said = words
    .toUpperCase()
    .replace(/\s+/gu, '')
    .replace(/^今年的?/u, year)
    .replace(/^[去上]年的?/u, before)
  if (said === '' || /^(本季度?|这个?季度|THIS(QUARTER)?)$/.test(said)) return quarter(now)
  if (/^(上个?季度?|上季|LAST(QUARTER)?|PREVIOUS)$/.test(said)) return addQuarters(quarter(now), -1)
  const [, spoken, number] = /^(?:(20\d{2})年?)?(?:第|Q)?([1-4一二三四])(?:季度?)?$/.exec(said) ?? []
  const nth = number && (/[1-4]/.test(number) ? number : String(numerals.indexOf(number) + 1))
  const meant = `${spoken ?? year}Q${nth ?? ''}`
  if (isQuarter(meant) && meant <= quarter(now)) return meant
  if (isQuarter(meant) && nth)
    refuse('这个季度还没开始，可以说：考核、考核 上季度。', 'That quarter has not begun; you can say: score, score last.')
  return refuse('请说哪个季度，例如：考核 上季度、考核 2026Q3。', 'Please say which quarter, for example: score last, score 2026Q3.')
}
