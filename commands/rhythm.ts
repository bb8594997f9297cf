import { rhythmForm } from '../cards/rhythms/rhythm.ts'
import { rhythmsOfBranch } from '../cards/rhythms/rhythms.ts'
import type { Understood } from '../cards/rhythms/understood.ts'
import type { Branch } from '../db/branches/units.ts'
import { statementOf } from '../db/client.ts'
import { setRhythm } from '../db/rhythms/change-rhythms.ts'
import { type Groups, groupMeant, groupsHere } from '../src/chats/led-groups.ts'
import { branchHere } from '../src/chats/whereabouts.ts'
import { command } from '../src/command.ts'
import { type KnownContext, mayOrRefuse, memberOrRefuse, placeOf, reply } from '../src/context.ts'
import { refuse } from '../src/refusal.ts'
import { kindOf } from '../src/rules/gatherings/gatherings.ts'
import { roomCodeSaid } from '../src/rules/gatherings/room-code.ts'
import { nameFrom, t } from '../src/text.ts'

export const rhythm = command({
  name: 'rhythm',
  zh: '例会',
  part: 'branch',
  also: ['rhythms', '定期会议'],
  summary: t(
    '定期的会先备好，到时请你确认；不带内容就看已定的',
    'Regular meetings, prepared ahead for you to confirm; alone, it lists them',
  ),
  usage: t('/例会 支委会 每月第一个周五 15:00 三楼会议室', '/rhythm committee first Friday of each month 3pm room 3'),
  rights: ['setRhythm'],
  async answer(ctx, rest) {
    const here = memberOrRefuse(ctx)
    const branch = await branchHere(here)
    const whose = await groupsHere(here, branch, 'setRhythm')
    const only = whose.isLeaderOnly ? whose.groups.map(({ id }) => id) : undefined
    if (rest === '') return rhythmsOfBranch(branch.id, only)
    const asked = await understand(rest, branch, whose, here)
    const { kind, group, rule, time, place = '', inRoom = false, why } = asked
    const isWhole = kind && rule && time && !why && (kind !== 'group' || group)
    if (!isWhole) return rhythmForm.args(asked)
    const made = { id: asked.rhythm, branch: branch.id, group: group ?? null, kind, place, inRoom, rule, time }
    await setRhythm(here.db, made, here.actor, here.now, [statementOf(reply(here, rhythmsOfBranch(branch.id, only)))])
    return undefined
  },
})

/** Reads the repetition first, then group and kind, then the time of day; the rest is the place. Doubts go to the form. */
async function understand(words: string, branch: Branch, whose: Groups, here: KnownContext): Promise<Understood> {
  const [{ readRhythm }, { readWhen }, { groupNamed }, { doubtOf }] = await Promise.all([
    import('../src/rules/rhythms/words.ts'),
    import('../src/rules/time/when.ts'),
    import('../src/rules/gatherings/named-group.ts'),
    import('../src/rules/rhythms/doubt.ts'),
  ])
  const line = words.replace(/@_user_\d+/g, (key) => `@${here.mentions.find((one) => one.key === key)?.name ?? ''}`)
  const code = roomCodeSaid(line)
  const said = readRhythm(code.rest, here.now)
  const named = groupNamed(said.rest, whose.groups)
  const spoken = kindOf(named?.rest ?? said.rest)
  const kind = spoken?.kind ?? (whose.isLeaderOnly ? 'group' : undefined)
  if (whose.isLeaderOnly && kind !== 'group') mayOrRefuse(here.actor, 'setRhythm', placeOf(branch))
  if (kind === 'group' && whose.groups.length === 0)
    refuse('本支部还没有设党小组，可以定支部党员大会。', 'This branch has no groups yet; a general meeting can be set.')
  const group = kind === 'group' ? (named?.group.id ?? groupMeant(whose, here)) : undefined
  const when = readWhen(spoken ? spoken.rest : (named?.rest ?? said.rest), here.now)
  const why = doubtOf(said, { kind, group }, when)
  return {
    branch: branch.id,
    rhythm: here.newId(),
    ...(kind ? { kind } : {}),
    ...(group ? { group } : {}),
    ...(whose.isLeaderOnly ? { only: whose.groups.map(({ id }) => id) } : {}),
    ...(said.found === 'rule' ? { rule: said.rule } : said.found === 'unclear' && said.every ? { every: said.every } : {}),
    ...('time' in when && when.time ? { time: when.time } : {}),
    place: nameFrom(when.rest, 60),
    inRoom: code.isAsked,
    ...(why ? { why } : {}),
  }
}
