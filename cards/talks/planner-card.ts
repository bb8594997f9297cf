import type { Named, OwnTalk, Planner, Row } from '../../db/talks/planner.ts'
import { button, type Card, card, type Element, fittingLines, lines, note, row, words } from '../../src/card.ts'
import type { TalkState } from '../../src/rules/talks/state.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, both, clipped, joined, type Text, t } from '../../src/text.ts'
import { openInbox } from '../voices/buttons.ts'
import { askTime, hadTalk, openContacts, openOpinions, openTalkForm, sendTalk, showAll } from './buttons.ts'

/** Rows with buttons; a card holds 200 elements. */
const MOST_ROWS = 8
const MOST_PAIRS = 4
const MOST_OWN = 4
const NAMES_BYTES = 6_000

/** The people not talked to, for those who plan. Everybody sees their own talks, and whom to ask for one. */
export function plannerCard(it: Planner, isFull = false): Card {
  const { committee, group } = it
  return card(
    t('谈心谈话', 'Talks'),
    [
      ...(committee ? committeePart(it, committee, isFull) : []),
      ...(group && !committee ? groupPart(group) : []),
      ...ownPart(it),
      ...askPart(it, committee !== null),
      note(
        t(
          '登记：说「/谈心 名字 昨天」。谈了什么不在这里写，也不上报。',
          'To register: “/talk name yesterday”. What was said is not written here, and goes nowhere.',
        ),
      ),
    ],
    { colour: 'turquoise', subtitle: asWritten(it.branch.name) },
  )
}

type OfCommittee = NonNullable<Planner['committee']>

function committeePart({ branch, year }: Planner, it: OfCommittee, isFull: boolean): Element[] {
  const { activists, activistsMet: met, activistsOf, membersMet: metMembers } = it
  return [
    ...(activistsOf > 0
      ? [
          lines(t(`**积极分子，本季度** 谈过 ${met} / ${activistsOf}`, `**Activists, this quarter** ${met} of ${activistsOf} talked to`)),
          ...activists.slice(0, MOST_ROWS).map(withPerson),
          ...moreSaid(activists.length - MOST_ROWS),
        ]
      : []),
    ...(it.ownPairs.length + it.otherPairs.length > 0
      ? [
          lines(t(`**支委之间，${year}年还没谈**`, `**Within the committee, not yet in ${year}**`)),
          ...it.ownPairs.slice(0, MOST_PAIRS).map(withPerson),
          ...(it.otherPairs.length > 0 ? [namesLine(it.otherPairs.map(pairSaid))] : []),
        ]
      : []),
    lines(
      t(`**党员，${year}年** 谈过 ${metMembers} / ${it.membersOf}`, `**Members, in ${year}** ${metMembers} of ${it.membersOf} talked to`),
    ),
    ...membersLeft(branch.id, it, isFull),
    ...(it.proposals.length > 0
      ? [lines(t('**这个月可以找**', '**You could talk to, this month**')), ...it.proposals.map(withPerson)]
      : []),
    ...(it.care > 0
      ? [note(t(`关怀谈心今年 ${it.care} 次，只计次数。`, `Care talks this year: ${it.care}; only their number is known.`))]
      : []),
    ...inOneRow([
      ...(it.keepsContacts ? [button(t('培养联系人…', 'Contacts…'), openContacts.value({ branch: branch.id }))] : []),
      ...(it.readsOpinions ? [button(t('考察意见…', 'Appraisals…'), openOpinions.value({ branch: branch.id }))] : []),
      ...(it.answersVoices ? [button(t('反映…', 'Voices…'), openInbox.value({ about: 'voices' }))] : []),
    ]),
  ]
}

const inOneRow = (all: Element[]): Element[] => (all.length > 0 ? [row(...all)] : [])

function membersLeft(branch: string, { members }: OfCommittee, isFull: boolean): Element[] {
  if (members.length === 0) return []
  const shown = isFull ? members : members.slice(0, MOST_ROWS)
  const names = t('还没谈：', 'Not yet: ')
  return [
    lines(
      joined(
        [
          names,
          joined(
            shown.map(({ name }) => asWritten(name)),
            '、',
            ', ',
          ),
        ],
        '',
      ),
    ),
    ...(members.length > shown.length
      ? [
          button(
            t(`另有 ${members.length - shown.length} 人，看全部`, `${members.length - shown.length} more: see all`),
            showAll.value({ branch }),
            { type: 'text' },
          ),
        ]
      : []),
  ]
}

function groupPart({ name, left, done }: NonNullable<Planner['group']>): Element[] {
  return [
    lines(t(`**${asWritten(name).zh}，今年还没谈**`, `**${asWritten(name).en}, not yet this year**`)),
    ...left.slice(0, MOST_ROWS).map(withPerson),
    ...(left.length === 0 ? [lines(t('都谈过了。', 'All were talked to.'))] : moreSaid(left.length - MOST_ROWS)),
    ...(done.length > 0
      ? [
          namesLine(
            done.map(({ name }) => asWritten(name)),
            t('谈过：', 'Done: '),
          ),
        ]
      : []),
  ]
}

/** A name with what can be done about it, in one row. */
function withPerson({ id, name, isWaiting, contacts }: Row): Element {
  const with_ = contacts ? contactsSaid(contacts) : t('', '')
  const said = both((l) => `${asWritten(name)[l]}${with_[l]}`)
  if (isWaiting) return words(both((l) => `${said[l]} — ${{ zh: '已登记，等确认', en: 'registered, to be confirmed' }[l]}`))
  return row(
    words(said),
    button(t('谈过了', 'We talked'), hadTalk.value({ with: id, isPlanner: true }), { type: 'primary' }),
    button(t('改日期…', 'Another day…'), openTalkForm.value({ with: id })),
  )
}

function contactsSaid(contacts: readonly Named[]): Text {
  const names = contacts.map(({ name }) => asWritten(clipped(name, 12)).zh)
  return names.length > 0 ? t(`（联系人 ${names.join('、')}）`, ` (contact: ${names.join(', ')})`) : t('（没有联系人）', ' (no contact)')
}

const pairSaid = ([one, other]: readonly [Named, Named]): Text =>
  t(`${asWritten(one.name).zh}—${asWritten(other.name).zh}`, `${asWritten(one.name).en}–${asWritten(other.name).en}`)

function namesLine(names: readonly Text[], lead: Text = t('', '')): Element {
  const shown = fittingLines(names, NAMES_BYTES)
  const more = names.length > shown.length ? [t(`另有 ${names.length - shown.length}`, `${names.length - shown.length} more`)] : []
  return lines(joined([lead, joined([...shown, ...more], '、', ', ')], ''))
}

const moreSaid = (left: number): Element[] => (left > 0 ? [note(t(`另有 ${left} 人。`, `And ${left} more.`))] : [])

const stateNames: Record<TalkState, Text> = {
  claimed: t('等确认', 'to be confirmed'),
  confirmed: t('已确认', 'confirmed'),
  fixed: t('已确认', 'confirmed'),
  denied: t('对方说没有', 'denied'),
  lapsed: t('没有回应，不计数', 'unanswered, not counted'),
  withdrawn: t('已撤回', 'taken back'),
}

function ownPart({ own, year }: Planner): Element[] {
  if (own.length === 0) return [lines(t(`**我的谈心，${year}年**　还没有`, `**My talks, ${year}**  none yet`))]
  return [
    lines(t(`**我的谈心，${year}年**`, `**My talks, ${year}**`)),
    ...own.slice(0, MOST_OWN).map((one) => row(words(ownSaid(one)), button(t('打开', 'Open'), sendTalk.value({ talk: one.talk })))),
    ...(own.length > MOST_OWN ? [note(t(`另有 ${own.length - MOST_OWN} 次。`, `And ${own.length - MOST_OWN} more.`))] : []),
  ]
}

/** A row of a phone: a talk that both have confirmed says no more than who and when. */
const ownSaid = ({ name, onDay, state }: OwnTalk): Text => {
  const isCounted = state === 'confirmed' || state === 'fixed'
  return both((l) => `${asWritten(name)[l]} ${spokenDay(onDay)[l]}${isCounted ? '' : ` · ${stateNames[state][l]}`}`)
}

function askPart({ askable }: Planner, isCommittee: boolean): Element[] {
  if (askable.length === 0 || isCommittee) return []
  return [
    lines(t('**想找谁谈**', '**Whom would you like to talk to?**')),
    ...askable.map(({ id, name }) => row(words(asWritten(name)), button(t('约时间', 'Ask for a time'), askTime.value({ with: id })))),
  ]
}
