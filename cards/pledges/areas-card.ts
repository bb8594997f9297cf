import type { Area, AreaCheck } from '../../db/pledges/areas.ts'
import { day, type Quarter, quarter } from '../../src/calendar.ts'
import { button, type Card, card, coloured, fittingLines, lines, note, row } from '../../src/card.ts'
import { fittingOptions, form, input, type Option, select, selectSeveral } from '../../src/form.ts'
import { MOST_AREA_NAME, MOST_CHECK_NOTE, MOST_PLACE } from '../../src/rules/pledges/showing.ts'
import { spokenDay, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, clipped, joined, type Text, t } from '../../src/text.ts'
import { addArea, checkAreas, endArea, manArea, pickArea } from './buttons.ts'

const LISTED_BYTES = 8_000
const OPTIONS_BYTES = 6_000
const MOST_NAMED = 12

export interface Pickable {
  id: string
  name: string
}

const optionsOf = (all: readonly Pickable[]): readonly Option[] =>
  fittingOptions(
    all.map(({ id, name }) => ({ label: t(clipped(name, 30), clipped(name, 30)), value: id })),
    OPTIONS_BYTES,
  )

const namesOf = (people: Area['people']): Text => {
  const named = joined(
    people.slice(0, MOST_NAMED).map(({ name }) => asWritten(name)),
    '、',
    ', ',
  )
  return people.length > MOST_NAMED ? t(`${named.zh}等 ${people.length} 人`, `${named.en} and ${people.length - MOST_NAMED} more`) : named
}

function areaLine({ name, place, people }: Area): Text {
  const [of, where, who] = [asWritten(name), asWritten(place), namesOf(people)]
  return people.length > 0
    ? t(`· **${of.zh}**（${where.zh}）：${who.zh}`, `· **${of.en}** (${where.en}): ${who.en}`)
    : coloured('orange', t(`· **${of.zh}**（${where.zh}）：还没有人`, `· **${of.en}** (${where.en}): nobody yet`))
}

const checkLine = (of: Quarter, check: AreaCheck | undefined): Text => {
  const { zh, en } = spokenQuarter(of)
  if (!check) return coloured('orange', t(`${zh}还没有检查。`, `${en}: not checked yet.`))
  const [on, by] = [spokenDay(day(check.at)), asWritten(check.byName)]
  return t(`${zh}检查过了：${on.zh}，${by.zh}`, `${en}: checked on ${on.en} by ${by.en}`)
}

interface Shown {
  branch: { id: string; name: string }
  all: readonly Area[]
  check: AreaCheck | undefined
  people: readonly Pickable[]
}

/** The duty areas for those who keep them. Amber is what nobody looks after, and what nobody has checked. */
export function areasCard({ branch, all, check, people }: Shown, now: Date): Card {
  const shown = fittingLines(all.map(areaLine), LISTED_BYTES)
  const left = all.length - shown.length
  const asksCheck = all.length > 0 && !check
  const isAmber = asksCheck || all.some((one) => one.people.length === 0)
  return card(
    t('党员责任区', 'Duty areas'),
    [
      all.length === 0 ? lines(t('还没有责任区。', 'There is no duty area yet.')) : lines(checkLine(quarter(now), check), ...shown),
      left > 0 ? note(t(`另有 ${left} 个。`, `And ${left} more.`)) : null,
      asksCheck
        ? form('check', [input('note', t('检查情况（可以不写）', 'What was found (optional)'), { most: MOST_CHECK_NOTE })], {
            label: t('检查完', 'Checked'),
            value: checkAreas.value({ branch: branch.id }),
          })
        : null,
      all.length > 0
        ? form(
            'pick',
            [
              select(
                'area',
                t('换人、撤销：选一个', 'Its people, or ending it: choose one'),
                optionsOf(all.map(({ id, name }) => ({ id, name }))),
                { required: true },
              ),
            ],
            { label: t('打开', 'Open it'), value: pickArea.value({ branch: branch.id }), type: 'default' },
          )
        : null,
      form(
        'new',
        [
          input('name', t('新设：名称', 'A new one: its name'), { required: true, most: MOST_AREA_NAME }),
          input('place', t('地点', 'Its place'), { required: true, most: MOST_PLACE }),
          selectSeveral('people', t('谁负责（可以以后再选）', 'Who looks after it (may be chosen later)'), optionsOf(people)),
        ],
        {
          label: t('新设', 'Add it'),
          value: addArea.value({ branch: branch.id }),
          type: asksCheck ? 'default' : 'primary_filled',
        },
      ),
    ],
    { colour: isAmber ? 'orange' : 'turquoise', subtitle: asWritten(branch.name) },
  )
}

/** One area. Its present people are chosen already. */
export function areaCard(it: Area, people: readonly Pickable[]): Card {
  const own = it.people.map(({ id }) => id)
  // Its own people stand first, so that none is lost where the list is long.
  const options = optionsOf([...it.people, ...people.filter(({ id }) => !own.includes(id))])
  const offered = new Set(options.map(({ value }) => value))
  return card(
    asWritten(it.name),
    [
      lines(asWritten(it.place)),
      form(
        'man',
        [
          selectSeveral(
            'people',
            t('谁负责', 'Who looks after it'),
            options,
            own.filter((id) => offered.has(id)),
          ),
        ],
        {
          label: t('保存', 'Save'),
          value: manArea.value({ area: it.id }),
        },
      ),
      row(
        button(t('撤销这个责任区', 'End this area'), endArea.value({ area: it.id }), {
          confirm: {
            title: t('撤销？', 'End it?'),
            text: t('人员随之解除，以前的检查都保留。', 'Its people are released; earlier checks stay.'),
          },
        }),
      ),
    ],
    { colour: it.people.length === 0 ? 'orange' : 'turquoise', subtitle: t('党员责任区', 'Duty area') },
  )
}
