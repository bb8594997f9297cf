import type { Branch } from '../../db/branches/units.ts'
import type { NextMeeting } from '../../db/papers/meetings.ts'
import type { Paper } from '../../db/papers/papers.ts'
import { day, type Year } from '../../src/calendar.ts'
import { button, type Card, card, type Element, lines, row } from '../../src/card.ts'
import { form, input, pickDay } from '../../src/form.ts'
import { type AdoptedKind, LONGEST_PLACE, LONGEST_TITLE, paperNames } from '../../src/rules/papers/kinds.ts'
import { spokenDate, spokenMoment, spokenPeriod } from '../../src/spoken.ts'
import { asWritten, labelled, type Text, t } from '../../src/text.ts'
import { planTitles } from '../../src/words/papers/plan-text.ts'
import { reportTitles } from '../../src/words/papers/report-text.ts'
import { adoptPaper, editPaper, listPaper, registerPaper, savePaper, withdrawPaper } from './buttons.ts'
import { partFields, partsShown } from './parts.ts'

export const titlesOf: Readonly<Record<AdoptedKind, readonly Text[]>> = { plan: planTitles, summary: reportTitles }

export interface PaperShown {
  branch: Branch
  kind: AdoptedKind
  year: Year
  it: Paper | undefined
  next: NextMeeting | undefined
}

export const titleOf = (kind: AdoptedKind, year: Year): Text => labelled(paperNames[kind], spokenPeriod(year), ' · ')
const sentOf = ({ branch, kind, year }: PaperShown) => ({ branch: branch.id, kind, year })
const listed = t('列入下次会议议题', 'Put on the next meeting')
const adopted = t('通过', 'Adopt')

/** A paper as it stands: its words, or where it lies. */
export const contentOf = ({ words, title, place, on, kind }: Paper): Element[] =>
  words
    ? partsShown(titlesOf[kind as AdoptedKind] ?? [], words)
    : [
        lines(
          labelled(t('**标题**', '**Title**'), asWritten(title), '　', '  '),
          labelled(t('**放在**', '**It lies in**'), asWritten(place), '　', '  '),
          on ? labelled(t('**日期**', '**Day**'), spokenDate(on), '　', '  ') : null,
        ),
      ]

export function paperCard(shown: PaperShown): Card {
  const { branch, kind, year, it, next } = shown
  const isWaiting = it?.heardAt !== null && !it?.wasMissed && !it?.adoptedAt
  const sent = sentOf(shown)
  return card(
    titleOf(kind, year),
    [
      ...(it ? contentOf(it) : []),
      it ? lines(stateSaid(it)) : null,
      it && !it.adoptedAt
        ? row(
            button(adopted, adoptPaper.value(sent), { type: 'primary', confirm: adoptConfirm(kind) }),
            ...(next && !isWaiting ? [button(listed, listPaper.value(sent))] : []),
            button(t('修改…', 'Change…'), editPaper.value(sent)),
          )
        : null,
      it?.adoptedAt
        ? button(t('撤回重来…', 'Take back…'), withdrawPaper.value(sent), {
            type: 'text',
            confirm: {
              title: t('撤回这份材料', 'Take this paper back'),
              text: t('撤回后标准（29）要另行证明。', 'Standard (29) then needs another proof.'),
            },
          })
        : null,
    ],
    { colour: it?.adoptedAt ? 'green' : 'turquoise', subtitle: asWritten(branch.name) },
  )
}

const adoptConfirm = (kind: AdoptedKind) => ({
  title: t(`通过${paperNames[kind].zh}`, `Adopt ${paperNames[kind].en.toLowerCase()}`),
  text: t('支委会同意的，按通过；标准（29）随即有了依据。', 'Press where the committee agrees; standard (29) then has its evidence.'),
})

export function stateSaid({ adoptedAt, heardAt, wasMissed, words, byName }: Paper): Text {
  const who = asWritten(byName)
  if (adoptedAt) {
    const on = spokenDate(day(adoptedAt))
    return words
      ? t(`${on.zh}通过，标准（29）有据。`, `Adopted on ${on.en}; standard (29) is proved.`)
      : t(`${who.zh}登记，按${on.zh}计入标准（29）。`, `Registered by ${who.en}; it counts for standard (29) as of ${on.en}.`)
  }
  if (!heardAt) return t('已保存，还没有通过。', 'Saved, not adopted yet.')
  const at = spokenMoment(heardAt)
  return wasMissed
    ? t(
        `${at.zh}的会没有通过，可以列入下一次，或由支委会通过。`,
        `The meeting of ${at.en} did not adopt it; put it on the next one, or adopt it here.`,
      )
    : t(`已列入${at.zh}的议题；这一项进行了，就算通过。`, `On the agenda of ${at.en}; it is adopted when the item is held.`)
}

export function paperForm(shown: PaperShown, values: readonly string[]): Card {
  const { branch, kind, year, it } = shown
  const sent = sentOf(shown)
  return card(
    titleOf(kind, year),
    [
      lines(
        kind === 'plan'
          ? t(
              '初稿按例会和标准写成，请补上支部自己的安排。',
              'The draft is made from the regular meetings and the standards; add what is the branch’s own.',
            )
          : t('初稿只写机器人记着的事，请补上、改好。', 'The draft says only what the bot has on record; add and change as needed.'),
      ),
      form(
        'paper',
        partFields(titlesOf[kind], values),
        { label: t('支委会同意，通过', 'The committee agrees: adopt'), value: savePaper.value({ ...sent, isAdopted: true }) },
        { label: t('只保存', 'Only save'), value: savePaper.value({ ...sent, isAdopted: false }) },
      ),
      button(
        t('已经另有一份，登记在哪里…', 'There is one already: register where it lies…'),
        editPaper.value({ ...sent, isElsewhere: true }),
      ),
      it ? null : button(t('用英文起草', 'Draft in English'), editPaper.value({ ...sent, isEnglish: true }), { type: 'text' }),
    ],
    { colour: 'turquoise', subtitle: asWritten(branch.name) },
  )
}

/** A paper that was written and adopted elsewhere: its title, where it lies, and its day. */
export function registerForm(shown: PaperShown): Card {
  const { branch, kind, year } = shown
  return card(
    titleOf(kind, year),
    [
      form(
        'registered',
        [
          input('title', t('标题', 'Title'), { required: true, most: LONGEST_TITLE }),
          input('place', t('放在哪里', 'Where it lies'), { required: true, most: LONGEST_PLACE }),
          pickDay('on', t('通过的日期', 'The day it was adopted'), { required: true }),
        ],
        { label: t('登记', 'Register'), value: registerPaper.value(sentOf(shown)) },
      ),
      button(t('返回起草', 'Back to the draft'), editPaper.value(sentOf(shown)), { type: 'text' }),
    ],
    { colour: 'turquoise', subtitle: asWritten(branch.name) },
  )
}
