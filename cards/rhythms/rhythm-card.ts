import { type Card, card, lines, note } from '../../src/card.ts'
import { form, input, select } from '../../src/form.ts'
import { callable, gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { asChosen, often, weekdays, which } from '../../src/rules/rhythms/choices.ts'
import { asWritten, t } from '../../src/text.ts'
import { submitRhythm } from './buttons.ts'
import type { Understood } from './understood.ts'

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
    t('定一个例会', 'Set a regular meeting'),
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
          '碰上放假顺延到下一个工作日，但不出那一周、那个月或那个季度；到时先请你确认，不会自动召集。',
          'A day off moves to the next working day, but stays in its week, month or quarter; each time you are asked first, nothing is called by itself.',
        ),
      ),
    ],
    { subtitle: asWritten(branchName) },
  )
}
