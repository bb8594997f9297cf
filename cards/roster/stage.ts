import * as z from 'zod'
import { setStage } from '../../db/roster/person.ts'
import { day } from '../../src/calendar.ts'
import { note } from '../../src/card.ts'
import { form, pickDay, select } from '../../src/form.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { stageNames } from '../../src/rules/roster/names.ts'
import { isStepBack, stagesInOrder, stepsFrom, wrongWith } from '../../src/rules/roster/stage-steps.ts'
import { type Text, t } from '../../src/text.ts'
import { onPerson } from './buttons.ts'
import { chosenOnPerson, dayIn, decisionOf, lookAtPerson, personAfter, personAsOfNow, personFor, type ShowPart } from './person-card.ts'

export const stageForm: ShowPart = ({ id, stage }, _viewer, now) => [
  form(
    'changeStage',
    [
      select(
        'stage',
        t('改为', 'Change to'),
        stepsFrom(stage).map((to) => ({ value: to, label: stepSaid(stage, to) })),
        { required: true },
      ),
      pickDay('on', t('从哪天起', 'From which day'), { chosen: day(now) }),
    ],
    { label: t('保存', 'Save'), value: changeStage.value({ person: id }) },
  ),
  note(t('退回一步不用选日期，后一阶段的日期会去掉。', 'A step back needs no day; the later stage’s day is taken out.')),
]

const stepSaid = (from: (typeof stagesInOrder)[number] | null, to: (typeof stagesInOrder)[number]): Text => {
  const name = stageNames[to]
  if (from === to) return t(`${name.zh}（只改日期）`, `${name.en} (the day only)`)
  return isStepBack(from, to) ? t(`${name.zh}（退回）`, `${name.en} (a step back)`) : name
}

export const changeStage = press({
  name: 'stage.change',
  rights: ['addMember'],
  sends: onPerson,
  fills: z.object({ stage: chosenOnPerson, on: chosenOnPerson }),
  look: ({ db }, { person }) => lookAtPerson(db, person),
  async answer(ctx, _sent, [found, open], filled) {
    const { here, it } = personFor(ctx, 'addMember', found)
    const stage = stagesInOrder.find((one) => one === filled.stage)
    if (!stage) refuse('请选择阶段。', 'Please choose a stage.')
    if (!it.isListed || !stepsFrom(it.stage).includes(stage)) return personAsOfNow(here, it)
    const on = dayIn(filled.on, day(here.now))
    const wrong = isStepBack(it.stage, stage) ? null : wrongWith(stage, on, it, day(here.now))
    if (wrong === 'to come') refuse('日期还没到，请选已经发生的日子。', 'That day is still to come; please choose the day it took place.')
    if (wrong) refuse('日期早于前一阶段，请核对。', 'That day is before the stage before it; please check.')
    const after = await setStage(here.db, it, stage, on, decisionOf(here, open))
    const name = stageNames[stage]
    return personAfter(here, it, after, t(`${it.name}：${name.zh}。`, `${it.name}: ${name.en}.`))
  },
})
