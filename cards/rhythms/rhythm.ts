import * as z from 'zod'
import { branchById, groupsOf } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { setRhythm } from '../../db/rhythms/change-rhythms.ts'
import { day } from '../../src/calendar.ts'
import { onlyLed } from '../../src/chats/led-groups.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, placeOfGathering, reply } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { callable } from '../../src/rules/gatherings/gatherings.ts'
import { ruleChosen } from '../../src/rules/rhythms/choices.ts'
import { nameFrom, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { changeRhythm, newRhythm, submitRhythm } from './buttons.ts'
import { lookAtRhythm, rhythmsCardNow } from './rhythms.ts'
import { understood } from './understood.ts'

export const rhythmForm = view({
  name: 'rhythmForm',
  takes: understood,
  async show(db, args) {
    const [[branch], groups] = await lookUp(db, [branchById(db, args.branch), groupsOf(db, args.branch)])
    const { rhythmFormCard } = await import('./rhythm-card.ts')
    return branch ? rhythmFormCard(branch.name, groups, args) : null
  },
})

export const submitRhythmPress = press({
  button: submitRhythm,
  rights: ['setRhythm'],
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
