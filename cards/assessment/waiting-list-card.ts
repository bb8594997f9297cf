import { type EntryWaiting, entriesWaiting, entryKey, type Proposal, proposalsWaiting } from '../../db/assessment/decisions.ts'
import { type Db, lookUp } from '../../db/client.ts'
import type { Quarter } from '../../src/calendar.ts'
import { button, type Card, card, type Element, figures, fittingLines, lines, note, oneMain, strong } from '../../src/card.ts'
import { fittingOptions, form, selectSeveral } from '../../src/form.ts'
import { answerNames, answerOfWord } from '../../src/rules/assessment/assessment.ts'
import { partOf } from '../../src/rules/standards/standards.ts'
import { spokenPeriod, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, labelled, listed, type Text, t } from '../../src/text.ts'
import { adoptProposals, confirmList } from './buttons.ts'

const LISTED_BYTES = 6_000

const OFFERED_BYTES = 6_000

const MOST_NAMED = 4

interface Waiting {
  committee: { id: string; name: string }
  quarter: Quarter
  entries: readonly EntryWaiting[]
  proposals: readonly Proposal[]
  /** The count of judgements by which the proposals were read. */
  judged: number
}

/** Everything that waits for the assessor's word over all branches: entries by item, then the branches' own answers. */
export function waitingListCard({ committee, quarter, entries, proposals, judged }: Waiting, now: Date): Card {
  const [grounded, rest] = [proposals.filter((one) => one.isGrounded), proposals.filter((one) => !one.isGrounded)]
  const sent = { committee: committee.id, quarter, judged }
  return card(
    labelled(spokenQuarter(quarter), t('待确认', 'what waits'), ' '),
    oneMain([
      figures(
        { figure: String(entries.length), of: t('登记待确认', 'Entries') },
        { figure: String(grounded.length), of: t('自评，有依据', 'Answers, grounded') },
        { figure: String(rest.length), of: t('自评，无依据', 'Answers, not grounded') },
      ),
      ...entriesPart(entries, { committee: committee.id, quarter, until: now.getTime() }),
      grounded.length > 0
        ? button(
            t(`采纳有依据的自评（${grounded.length} 项）`, `Take over the grounded answers (${grounded.length})`),
            adoptProposals.value({ ...sent, which: 'grounded' }),
            { type: 'primary' },
          )
        : null,
      ...restPart(rest, adoptProposals.value({ ...sent, which: 'rest' })),
      entries.length + proposals.length === 0 ? lines(t('没有等你确认的了。', 'Nothing waits for you.')) : null,
      note(
        t(
          '只确认这张卡片列出时已有的；退回、改分请打开支部或用 Excel。',
          'Only what was there when this card was shown is confirmed. To return an entry or change points, open the branch or use the Excel file.',
        ),
      ),
    ]),
    { subtitle: asWritten(committee.name) },
  )
}

function entriesPart(entries: readonly EntryWaiting[], sent: { committee: string; quarter: Quarter; until: number }): Element[] {
  const items = [...Map.groupBy(entries, entryKey)]
  if (items.length === 0) return []
  const options = fittingOptions(
    items.map(([key, same]) => ({ label: itemSaid(same), value: key })),
    OFFERED_BYTES,
  )
  return [
    lines(
      strong(t('登记待确认', 'Entries to confirm')),
      ...fittingLines(
        items.slice(0, options.length).map(([, same]) => entriesSaid(same)),
        LISTED_BYTES,
      ),
    ),
    form(
      'entries',
      [
        selectSeveral(
          'items',
          t('确认哪几项', 'Which to confirm'),
          options,
          options.map(({ value }) => value),
        ),
      ],
      { label: t('确认所选', 'Confirm the chosen'), value: confirmList.value(sent) },
    ),
  ]
}

function itemSaid(same: readonly EntryWaiting[]): Text {
  const [{ part, period }] = same as [EntryWaiting]
  const [{ name, standard }, when] = [partOf(part), spokenPeriod(period)]
  return t(`（${standard}）${name.zh} · ${when.zh}：${same.length} 条`, `(${standard}) ${name.en} · ${when.en}: ${same.length}`)
}

function entriesSaid(same: readonly EntryWaiting[]): Text {
  const item = itemSaid(same)
  const names = namesOf(same.map(({ branchName }) => branchName))
  return t(`· ${item.zh} — ${names.zh}`, `· ${item.en} — ${names.en}`)
}

function namesOf(all: readonly string[]): Text {
  const names = [...new Set(all)]
  const said = listed(names.slice(0, MOST_NAMED).map(asWritten))
  return names.length > MOST_NAMED ? t(`${said.zh}等 ${names.length} 个支部`, `${said.en} and ${names.length - MOST_NAMED} more`) : said
}

/** Answers that rest on nothing gathered stand apart, each with its branches; their press says how many they are. */
function restPart(rest: readonly Proposal[], value: object): Element[] {
  if (rest.length === 0) return []
  const said = [...Map.groupBy(rest, ({ duty }) => `${duty.part} ${duty.period} ${answerOfWord(duty.proposed)}`).values()].map(restSaid)
  return [
    lines(strong(t('没有收集到依据的自评', 'Answers that rest on nothing gathered')), ...fittingLines(said, LISTED_BYTES)),
    button(t(`采纳这 ${rest.length} 项（没有依据）`, `Take over these ${rest.length} (nothing gathered)`), value, {
      confirm: {
        title: t('没有依据也采纳？', 'Take them over without grounds?'),
        text: t(
          `共 ${rest.length} 项，机器人没有收集到依据；采纳后以你的评定计分。`,
          `${rest.length} answers; the bot gathered nothing for them. They count as your judgement.`,
        ),
      },
    }),
  ]
}

function restSaid(same: readonly Proposal[]): Text {
  const [{ duty }] = same as [Proposal]
  const [{ name, standard }, answer] = [partOf(duty.part), answerNames[answerOfWord(duty.proposed) ?? 'fully']]
  const names = namesOf(same.map(({ branch }) => branch.name))
  return t(`· （${standard}）${name.zh}「${answer.zh}」— ${names.zh}`, `· (${standard}) ${name.en}, “${answer.en}” — ${names.en}`)
}

export async function waitingIn(db: Db, committee: { id: string; name: string }, quarter: Quarter, now: Date) {
  const [entries] = await lookUp(db, [entriesWaiting(db, committee.id, quarter)])
  return { committee, quarter, entries, ...(await proposalsWaiting(db, committee.id, quarter, now)) }
}
