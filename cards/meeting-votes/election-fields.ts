import type { GatheringAsItStands } from '../../db/gatherings/state.ts'
import type { ElectionThere } from '../../db/gatherings/votes-held.ts'
import { VOTE_MINUTES } from '../../db/meeting-votes/resolve.ts'
import { type Element, lines, strong } from '../../src/card.ts'
import { fittingOptions, input, select, selectSeveral } from '../../src/form.ts'
import { LONGEST_TITLE } from '../../src/rules/ballots/form.ts'
import { isAmong, type Nominee, outcomeOf } from '../../src/rules/meeting-votes/elections.ts'
import { type Text, t } from '../../src/text.ts'

interface Person {
  id: string
  name: string
}

export interface Offered {
  id: string
  title: string
  /** The earlier round whose vacant seats this election fills. */
  after: ElectionThere | null
  full: readonly Person[]
  present: readonly Person[]
  byCard: boolean
}

/** A card holds 30 KB and 200 elements, and each option is an element. */
const OPTIONS = { nominees: { most: 60, bytes: 7_500 }, present: { most: 40, bytes: 5_000 } }

/** The fields of an election; for seats that another round left, they are filled in from that round. */
export function electionFields(it: GatheringAsItStands, { title, after, full, present, byCard }: Offered): Element[] {
  const outcome = after && outcomeOf(after, it.elections)
  const elected = outcome?.is === 'counted' ? outcome.elected : []
  const chosen = (people: readonly Nominee[] | undefined) => people?.flatMap(({ member }) => member ?? []) ?? []
  const left = chosen(after?.nominees.filter((one) => !isAmong(one, elected)))
  return [
    input('title', t('选举什么，如支部委员会委员', 'What is elected, such as the branch’s committee'), {
      value: after?.title ?? title,
      required: true,
      most: LONGEST_TITLE,
    }),
    input('seats', t('应选几名', 'How many are to be elected'), {
      value: outcome?.is === 'counted' ? String(outcome.seatsLeft) : undefined,
      required: true,
      most: 3,
      hint: t('人数', 'How many'),
    }),
    ...several('nominees', t('候选人（正式党员）', 'Nominees (full members)'), full, OPTIONS.nominees, left),
    input('typed', t('候选人也可以在这里写，一行一个', 'Or write nominees here, one a line'), {
      rows: 2,
      most: 500,
      hint: t('姓名', 'Names'),
    }),
    ...several('scrutineers', t('监票人（到会的人）', 'Scrutineers (present)'), present, OPTIONS.present, chosen(after?.scrutineers)),
    ...several('tellers', t('计票人（到会的人）', 'Tellers (present)'), present, OPTIONS.present, chosen(after?.tellers)),
    ...(byCard
      ? [
          select(
            'way',
            t('怎样投票', 'How'),
            [
              { label: t('会场发纸质选票', 'On paper, in the room'), value: 'paper' },
              { label: t(`卡片投票（${VOTE_MINUTES} 分钟）`, `By card (${VOTE_MINUTES} minutes)`), value: 'card' },
            ],
            { chosen: 'paper' },
          ),
        ]
      : []),
  ]
}

interface Room {
  most: number
  bytes: number
}

/** A chosen value hides the placeholder, so the label stands above. Chosen people come first, to be among the options. */
function several(name: string, label: Text, people: readonly Person[], { most, bytes }: Room, chosen: readonly string[]): Element[] {
  const first = [...people.filter(({ id }) => chosen.includes(id)), ...people.filter(({ id }) => !chosen.includes(id))]
  const options = fittingOptions(
    first.slice(0, most).map(({ id, name }) => ({ label: t(name, name), value: id })),
    bytes,
  )
  const selected = chosen.filter((one) => options.some(({ value }) => value === one))
  const choice = selectSeveral(name, t('请选择，可以选几位', 'Choose one or several'), options)
  return [lines(strong(label)), { ...choice, ...(selected.length > 0 ? { selected_values: selected } : {}) }]
}
