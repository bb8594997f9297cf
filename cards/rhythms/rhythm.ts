import * as z from 'zod'
import { branchById, groupsOf } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { setRhythm } from '../../db/rhythms/change-rhythms.ts'
import { day } from '../../src/calendar.ts'
import { type Card, card, lines, note } from '../../src/card.ts'
import { onlyLed } from '../../src/chats/led-groups.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, placeOfGathering, reply } from '../../src/context.ts'
import { form, input, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { callable, gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { asChosen, often, ruleChosen, weekdays, which } from '../../src/rules/rhythms/choices.ts'
import { rule } from '../../src/rules/rhythms/rhythms.ts'
import { asWritten, nameFrom, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { changeRhythm, newRhythm } from './buttons.ts'
import { lookAtRhythm, rhythmsCardNow } from './rhythms.ts'

/** The parts of a line that were understood; the form asks for the rest. */
const understood = z.object({
  branch: id,
  /** The id of the rhythm that the form will make: a form sent twice makes one. */
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
      place: nameFrom(filled.place ?? '', 60),
      inRoom: filled.code === 'yes',
      rule,
      time,
    }
    await setRhythm(db, asked, actor, now)
    const card = await rhythmsCardNow(db, branch.id, onlyLed(actor, 'setRhythm', { ...branch, branch: branch.id }).only, now)
    return { toast: t('例会已定好。', 'The rhythm is set.'), mood: 'success', ...(card ? { card } : {}) }
  },
})

export const newRhythmPress = press({
  button: newRhythm,
  rights: ['setRhythm'],
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

export const changeRhythmPress = press({
  button: changeRhythm,
  rights: ['setRhythm'],
  look: lookAtRhythm,
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
