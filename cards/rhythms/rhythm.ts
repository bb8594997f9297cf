import * as z from 'zod'
import { branchById, groupsOf } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { resumeRhythm, setRhythm, stopRhythm } from '../../db/rhythms/change-rhythms.ts'
import { type Rhythm, rhythmById, rhythmList, rhythmsOf } from '../../db/rhythms/rhythms.ts'
import { DAY_MS, day, time } from '../../src/calendar.ts'
import { button, type Card, card, drawnThatFit, type Element, form, input, lines, note, row, select, strong } from '../../src/card.ts'
import { onlyLed } from '../../src/chats/led-groups.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, placeOfGathering, reply } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { callable, gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { asChosen, often, ruleChosen, weekdays, which } from '../../src/rules/rhythms/choices.ts'
import { nextOccurrences, type Occurrence, rule, spokenRhythm } from '../../src/rules/rhythms/rhythms.ts'
import { spokenDay, spokenMove } from '../../src/spoken.ts'
import { asWritten, both, clipped, joined, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'

/** What was understood of the line that sets a rhythm; the rest is for the form. */
const understood = z.object({
  branch: id,
  /** The id of the rhythm that the form will make: sent twice, it makes one. */
  rhythm: id,
  kind: z.enum(callable).optional(),
  group: id.optional(),
  /** A leader is offered these groups and their meetings only. */
  only: z.array(id).optional(),
  rule: rule.optional(),
  every: z.enum(['week', 'two weeks', 'month']).optional(),
  time: z.string().optional(),
  place: z.string().optional(),
  inRoom: z.boolean().optional(),
  why: z.object({ zh: z.string(), en: z.string() }).optional(),
})

export type Understood = z.infer<typeof understood>

const clocks = Array.from({ length: 26 }, (_, i) => `${String(8 + Math.floor(i / 2)).padStart(2, '0')}:${i % 2 ? '30' : '00'}`)
const codes = [
  { label: t('不用现场码', 'No room code'), value: 'no' },
  { label: t('要现场码', 'Room code at check-in'), value: 'yes' },
]

const MOST_GROUPS = 30

export function rhythmFormCard(branchName: string, groups: readonly { id: string; name: string }[], asked: Understood): Card {
  const { branch, rhythm, kind, group, only, time, place, inRoom, why } = asked
  const offered = groups.filter(({ id }) => !only || only.includes(id)).slice(0, MOST_GROUPS)
  const chosen = asChosen(asked.rule)
  const kinds = callable.filter((one) => (one === 'group' ? offered.length > 0 : !only))
  const times = time && !clocks.includes(time) ? [...clocks, time].sort() : clocks
  return card(
    t('定一个例会', 'Set a rhythm'),
    [
      lines(why ?? t('请补全下面几项，再按「定下来」。', 'Please fill in what is missing, then press “Set”.')),
      form(
        'rhythm',
        [
          select(
            'kind',
            t('什么会', 'Which meeting'),
            kinds.map((one) => ({ label: gatheringKinds[one].name, value: one })),
            { chosen: kind, required: true },
          ),
          ...(offered.length > 0
            ? [
                select(
                  'group',
                  t('哪个党小组（党小组会才选）', 'Which group (for a group meeting)'),
                  offered.map(({ id, name }) => ({ label: t(name, name), value: id })),
                  { chosen: group },
                ),
              ]
            : []),
          select('every', t('多久一次', 'How often'), often, { chosen: chosen.every ?? asked.every, required: true }),
          select('which', t('哪一天（每周的不用选）', 'Which day (not for weekly ones)'), which(chosen.which), { chosen: chosen.which }),
          select('weekday', t('星期几（选几日的不用选）', 'Day of the week (not with a date)'), weekdays, { chosen: chosen.weekday }),
          select(
            'time',
            t('几点', 'What time'),
            times.map((one) => ({ label: t(one, one), value: one })),
            { chosen: time, required: true },
          ),
          input('place', t('地点', 'Where'), { value: place, most: 60 }),
          select('code', t('签到要不要现场码', 'Room code at check-in'), codes, { chosen: inRoom ? 'yes' : undefined }),
        ],
        { label: t('定下来', 'Set'), value: submitRhythm.value({ branch, rhythm }) },
      ),
      note(
        t(
          '碰上放假顺延到下一个工作日，但不出本期；到时先请你确认，不会自动召集。',
          'A day off moves to the next working day, never out of its period; each time you are asked first, nothing is called by itself.',
        ),
      ),
    ],
    { subtitle: asWritten(branchName) },
  )
}

export const rhythmForm = view({
  name: 'rhythmForm',
  takes: understood,
  async show(db, args) {
    const [[branch], groups] = await lookUp(db, [branchById(db, args.branch), groupsOf(db, args.branch)])
    return branch ? rhythmFormCard(branch.name, groups, args) : null
  },
})

export const submitRhythm = press({
  name: 'rhythm.set',
  rights: ['setRhythm'],
  sends: z.object({ branch: id, rhythm: id }),
  fills: z.object({
    kind: z.string().nullish(),
    group: z.string().nullish(),
    every: z.string().nullish(),
    which: z.string().nullish(),
    weekday: z.string().nullish(),
    time: z.string().nullish(),
    place: z.string().nullish(),
    code: z.string().nullish(),
  }),
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch)), statementOf(groupsOf(db, sent.branch))] as const,
  async answer(ctx, sent, [[found], groups], filled) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const kind = callable.find((one) => one === filled.kind)
    const group =
      kind === 'group' ? (groups.find(({ id }) => id === filled.group)?.id ?? (groups.length === 1 ? groups[0]?.id : null) ?? null) : null
    const branch = foundOrRefuse(actor, 'setRhythm', found, (branch) => ({ ...placeOf(branch), group: group ?? undefined }))
    if (!kind) refuse('请选择开什么会。', 'Please choose which meeting.')
    if (kind === 'group' && !group) refuse('请选择哪个党小组。', 'Please choose which group.')
    const rule = ruleChosen(filled, day(now))
    if ('zh' in rule) refuse(rule.zh, rule.en)
    const time = filled.time ?? ''
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) refuse('请选择几点。', 'Please choose a time.')
    const asked = {
      id: sent.rhythm,
      branch: branch.id,
      group,
      kind,
      place: clipped(filled.place ?? '', 60),
      inRoom: filled.code === 'yes',
      rule,
      time,
    }
    await setRhythm(db, asked, actor, now)
    const card = await listOf(db, branch.id, onlyLed(actor, 'setRhythm', { ...branch, branch: branch.id }).only, now)
    return { toast: t('例会已定好。', 'The rhythm is set.'), mood: 'success', ...(card ? { card } : {}) }
  },
})

/** What a branch goes by, each with its next days. `only`: a leader sees their own groups'. */
export function rhythmsCard(branch: { id: string; name: string }, all: readonly Rhythm[], now: Date, only?: readonly string[]): Card {
  const own = all.filter(({ group }) => !only || (group !== null && only.includes(group)))
  const shown = drawnThatFit(own.slice(0, MOST_LISTED), (one) => rhythmLines(one, now), LIST_BYTES)
  const left = own.length - shown.length
  return card(
    t('例会', 'Rhythms'),
    [
      ...(own.length === 0 ? [lines(t('还没有定例会。', 'No rhythm is set yet.'))] : shown.flat()),
      left > 0 ? lines(t(`还有 ${left} 个，停掉几个再列出。`, `And ${left} more, listed when some are stopped.`)) : null,
      button(t('定一个例会', 'Set a rhythm'), newRhythm.value({ branch: branch.id }), { wide: true }),
      note(
        t(
          '一句话就能定：/例会 支委会 每月第一个周五 15:00 三楼会议室。每次会前 5 个工作日请你确认，不会自动召集。',
          'In one line: /rhythm committee first Friday of each month 3pm room 3. Five working days ahead you are asked to confirm; nothing is called by itself.',
        ),
      ),
    ],
    { subtitle: asWritten(branch.name) },
  )
}

const SHOWN_AHEAD = 3
const MOST_LISTED = 15
const LIST_BYTES = 26_000

function rhythmLines(it: Rhythm, now: Date): Element[] {
  const what = lines(strong(nameOf(it)), joined([spokenRhythm(it), ...(it.place ? [asWritten(it.place)] : [])], ' · '))
  if (it.endedAt) return [what, lines(t('已停。', 'Stopped.')), button(t('恢复', 'Resume'), resume.value({ rhythm: it.id }))]
  const ahead = nextOccurrences(it.rule, day(now), SHOWN_AHEAD + 1).filter(({ on }) => `${on} ${it.time}` > `${day(now)} ${time(now)}`)
  return [
    what,
    lines(...ahead.slice(0, SHOWN_AHEAD).map((one) => both((l) => `· ${dayOf(one)[l]}`))),
    row(button(t('改', 'Change'), changeRhythm.value({ rhythm: it.id })), button(t('停', 'Stop'), stop.value({ rhythm: it.id }))),
  ]
}

const nameOf = ({ kind, groupName }: Pick<Rhythm, 'kind' | 'groupName'>): Text =>
  groupName === null ? gatheringKinds[kind].name : both((l) => `${asWritten(groupName)[l]} · ${gatheringKinds[kind].name[l]}`)

/** The day it is held, and why it is not the one that the rule names. */
function dayOf({ on, named, isProvisional }: Occurrence): Text {
  const moved = on === named ? null : spokenMove(named, on)
  const provisional = isProvisional ? t('节假日未公布，暂定', 'provisional: holidays not published') : null
  const why = [moved, provisional].filter((one) => one !== null)
  if (why.length === 0) return spokenDay(on)
  return both((l) => (l === 'zh' ? `${spokenDay(on).zh}（${joined(why, '；').zh}）` : `${spokenDay(on).en} (${joined(why, '', '; ').en})`))
}

const listed = z.object({ subject: z.string(), branch: id, only: z.array(id).optional() })

export const rhythmsView = view({
  name: 'rhythms',
  takes: listed,
  show: (db, { branch, only }, now) => listOf(db, branch, only, now),
})

export const rhythmsOfBranch = (branch: string, only?: string[]) =>
  rhythmsView.args({ subject: rhythmList(branch), branch, ...(only ? { only } : {}) })

async function listOf(db: Db, id: string, only: readonly string[] | undefined, now: Date): Promise<Card | null> {
  const [[branch], all] = await lookUp(db, [branchById(db, id), rhythmsOf(db, id, new Date(now.getTime() - DAY_MS))])
  return branch ? rhythmsCard(branch, all, now, only) : null
}

const onRhythm = ({ db }: { db: Db }, sent: { rhythm: string }) => [statementOf(rhythmById(db, sent.rhythm))] as const

export const newRhythm = press({
  name: 'rhythm.new',
  rights: ['setRhythm'],
  sends: z.object({ branch: id }),
  look: ({ db }, sent) => [statementOf(branchById(db, sent.branch)), statementOf(groupsOf(db, sent.branch))] as const,
  async answer(ctx, _sent, [[found], groups]) {
    const { actor, db, newId } = memberOrRefuse(ctx)
    const led = groups.filter(({ id }) => actor.seats.some(({ role, group }) => role === 'leader' && group === id))
    const branch = foundOrRefuse(actor, 'setRhythm', found, (branch) => ({ ...placeOf(branch), group: led[0]?.id }))
    const only = onlyLed(actor, 'setRhythm', { ...branch, branch: branch.id })
    await together(db, [reply(ctx, rhythmForm.args({ branch: branch.id, rhythm: newId(), ...only }))])
    return { toast: t('表单已发在下面。', 'The form is below.'), mood: 'success' }
  },
})

export const changeRhythm = press({
  name: 'rhythm.change',
  rights: ['setRhythm'],
  sends: z.object({ rhythm: id }),
  look: onRhythm,
  async answer(ctx, _sent, [[found]]) {
    const { actor, db, newId } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'setRhythm', found, placeOfGathering)
    const { branch, kind, group, rule, time, place, inRoom } = it
    const only = onlyLed(actor, 'setRhythm', it)
    const why = t('改好后按「定下来」，原来的随之停止。', 'Change what you like and press “Set”; the present one ends with it.')
    await together(db, [
      reply(ctx, rhythmForm.args({ branch, rhythm: newId(), kind, ...(group ? { group } : {}), ...only, rule, time, place, inRoom, why })),
    ])
    return { toast: t('表单已发在下面，改好再按「定下来」。', 'The form is below; change it and press “Set”.'), mood: 'success' }
  },
})

export const stop = press({
  name: 'rhythm.stop',
  rights: ['setRhythm'],
  sends: z.object({ rhythm: id }),
  look: onRhythm,
  async answer(ctx, _sent, [[found]]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'setRhythm', found, placeOfGathering)
    await stopRhythm(db, it, actor, now)
    const card = await listOf(db, it.branch, onlyLed(actor, 'setRhythm', it).only, now)
    return {
      toast: t('已停；按错了可以恢复。', 'Stopped; press “Resume” if that was a mistake.'),
      mood: 'success',
      ...(card ? { card } : {}),
    }
  },
})

export const resume = press({
  name: 'rhythm.resume',
  rights: ['setRhythm'],
  sends: z.object({ rhythm: id }),
  look: onRhythm,
  async answer(ctx, _sent, [[found]]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'setRhythm', found, placeOfGathering)
    await resumeRhythm(db, it, actor, now)
    const card = await listOf(db, it.branch, onlyLed(actor, 'setRhythm', it).only, now)
    return { toast: t('已恢复。', 'Resumed.'), mood: 'success', ...(card ? { card } : {}) }
  },
})
