import { type Branch, branchById } from '../../db/branches/units.ts'
import { type Db, lookUp } from '../../db/client.ts'
import { type Draft, importedSince, isExpired } from '../../db/roster/drafts.ts'
import { stillThere } from '../../db/roster/import.ts'
import type { Plan } from '../../db/roster/tables.ts'
import { button, type Card, card, type Element, figures, fitting, lines, note, sentence, strong, words } from '../../src/card.ts'
import { form, selectPerson } from '../../src/form.ts'
import { refuse } from '../../src/refusal.ts'
import { dateFields, dateNames, seatNames, stageNames } from '../../src/rules/roster/names.ts'
import type { Planned } from '../../src/rules/roster/roster-plan.ts'
import { asWritten, clipped, counted, joined, labelled, literal, type Text, t } from '../../src/text.ts'
import { importList, readSheet } from './buttons.ts'

export function guideCard({ name }: Branch): Card {
  return card(t(`导入名单：${literal(name)}`, `Roster of ${literal(name)}`), [
    lines(
      t(
        '**1.** 上面的模板里是现有的名单，改好、补全即可。',
        '**1.** The template above holds the present roster: correct it, complete it.',
      ),
      t(
        '　也可以用自己的表格：有「姓名」一列就行，标题行、合并单元格、列的顺序都没有关系。',
        '　Or use a list of your own: a column of names is enough; titles, merged cells and the order of columns do not matter.',
      ),
      t('**2.** 把 .xlsx 或 .csv 文件直接发到这里。', '**2.** Send the .xlsx or .csv file right here.'),
      t(
        '**3.** 我先给你看预览；按「导入」之前什么都不会改。',
        '**3.** You get a preview first; nothing changes before you press “Import”.',
      ),
    ),
    note(
      t(
        '空着的格子表示不改。手机号、身份证号不读也不存。',
        'An empty cell changes nothing. Telephone and identity numbers are neither read nor kept.',
      ),
    ),
  ])
}

export async function draftCard(db: Db, draft: Draft, now: Date): Promise<Card> {
  const [[branch]] = await lookUp(db, [branchById(db, draft.branch)])
  const name = asWritten(branch?.name ?? '')
  if (draft.importedAt) return importedCard(name, draft)
  if (!draft.rows || isExpired(draft, now)) return sentence(expired)
  return previewCard(name, draft, draft.rows)
}

export const expired = t(
  '这份名单预览已过期，没有导入；请把文件再发一次。',
  'This preview has expired and was not imported; please send the file again.',
)

function importedCard(name: Text, draft: Draft): Card {
  const { tally, rows, done } = draft
  const title = t(`名单已导入：${name.zh}`, `Roster imported: ${name.en}`)
  if (rows)
    return card(t(`正在导入名单：${name.zh}`, `Importing the roster of ${name.en}`), [
      words(
        t(
          `已写入 ${done} / ${rows.people.length} 人，完成后这里会更新。`,
          `${done} of ${rows.people.length} people are written; this card will say when it is done.`,
        ),
      ),
    ])
  const failed =
    tally.failed > 0 &&
    t(
      `${tally.failed} 人因名单中途有变没有写入，请再发一次文件。`,
      `${counted(tally.failed, 'person was', 'people were')} not written, as the roster changed meanwhile; please send the file again.`,
    )
  return card(title, [countsOf(tally), failed ? words(failed) : null, ...otherSheets(draft)], { colour: 'green' })
}

const countsOf = ({ added, changed, same, wrong }: Draft['tally']) =>
  figures(
    { figure: `${added}`, of: t('新增', 'added') },
    { figure: `${changed}`, of: t('更新', 'changed') },
    { figure: `${same}`, of: t('不变', 'unchanged') },
    { figure: `${wrong}`, of: t('有误', 'wrong') },
  )

/** Nobody fills in a longer form. Doubts left out can be settled when the list is sent again. */
const MOST_CHOICES = 8

const MOST_CANDIDATES = 10

function previewCard(name: Text, draft: Draft, { people, wrong, notes }: Plan): Card {
  const { tally } = draft
  const [added, changed] = [people.filter(({ isNew }) => isNew), people.filter(({ isNew }) => !isNew)]
  return card(
    t(`名单预览：${name.zh}`, `Preview of the roster: ${name.en}`),
    [
      countsOf(tally),
      section(t('有误，不会导入', 'Wrong, will not be imported'), wrong.map(wrongLine), tally.wrong),
      section(t('更新', 'Changed'), changed.map(changedLine), changed.length),
      section(t('新增', 'Added'), added.map(addedLine), added.length),
      ...notes.map((text) => note(text)),
      ...(people.length > 0 ? importing(draft, people) : [words(t('没有要导入的内容。', 'There is nothing to import.'))]),
      ...otherSheets(draft),
    ],
    { colour: tally.wrong > 0 ? 'orange' : 'blue' },
  )
}

/** Further lists of the same file: nobody reads them unasked, since they may be of another year or branch. */
function otherSheets({ id, tally: { more } }: Draft): Element[] {
  if (!more || more.sheets.length === 0) return []
  return [
    note(t('这个文件里还有名单，要看请按：', 'This file holds more lists; press to see one:')),
    ...more.sheets.map(({ at, name, people }) =>
      button(
        t(
          `第 ${at + 1} 页「${literal(clipped(name, 16))}」（${people} 人）`,
          `Sheet ${at + 1} “${literal(clipped(name, 16))}” (${counted(people, 'person', 'people')})`,
        ),
        readSheet.value({ draft: id, sheet: at }),
      ),
    ),
  ]
}

/** The import button, after the choices that need a person. */
function importing(draft: Draft, people: Plan['people']): Element[] {
  const submit = {
    label: t(`导入 ${people.length} 人`, `Import ${counted(people.length, 'person', 'people')}`),
    value: importList.value({ draft: draft.id }),
  }
  const unclear = people.filter(({ candidates }) => candidates.length > 0)
  const left = unclear.length - MOST_CHOICES
  const choices = unclear
    .slice(0, MOST_CHOICES)
    .map(({ row, name, candidates }) => selectPerson(choiceOf(row), whichOne(row, name), candidates.slice(0, MOST_CANDIDATES)))
  return [
    ...(left > 0 ? [note(t(`还有 ${left} 位同名的先不对应飞书用户。`, `${left} more of the same name stay unmatched for now.`))] : []),
    choices.length > 0 ? form('roster', choices, submit) : button(submit.label, submit.value, { type: 'primary_filled', wide: true }),
    note(t('按下之前什么都不会改；一天内有效。', 'Nothing changes before you press; valid for a day.')),
  ]
}

const whichOne = (row: number, name: string) =>
  t(`第 ${row} 行 ${literal(name)} 是哪一位？（可不选）`, `Row ${row}: who is ${literal(name)}? (optional)`)

const choiceOf = (row: number) => `who_${row}`

const rowOf = (row: number) => t(`第 ${row} 行`, `Row ${row}`)

const wrongLine = ({ row, name, why }: Plan['wrong'][number]) =>
  labelled(name === '' ? rowOf(row) : labelled(rowOf(row), asWritten(name), ' '), why)

const changedLine = ({ row, name, changes }: Planned) => wrongLine({ row, name, why: joined(changes, '，', ', ') })

/** Shows everything that will be written of somebody new. A day or a seat in the wrong column is seen here. */
function addedLine({ row, name, facts, grant }: Planned) {
  const days = dateFields.flatMap((field) => {
    const day = facts[field]
    return day ? [t(`${dateNames[field].zh} ${day}`, `${dateNames[field].en} ${day}`)] : []
  })
  const parts = [
    facts.stage ? stageNames[facts.stage] : t('加入本支部', 'joins the branch'),
    ...grant.flatMap(({ role }) => seatNames[role] ?? []),
    ...(facts.group ? [asWritten(facts.group)] : []),
    ...days,
    ...(facts.isAway ? [t('外出', 'away')] : []),
  ]
  return wrongLine({ row, name, why: joined(parts, '，', ', ') })
}

/** A card holds 30 KB: three sections and the choices of a form. */
const SECTION_BYTES = 6_500

const MOST_LINES = 25

/** The lines that fit, and how many more there are. */
function section(title: Text, all: readonly Text[], count: number): Element | null {
  if (count === 0) return null
  const fit = fitting(all.slice(0, MOST_LINES), ({ zh, en }) => zh + zh + en, SECTION_BYTES, 0)
  const left = count - fit.length
  return lines(strong(title), ...fit, left > 0 && t(`……还有 ${left} 行`, `… and ${left} more rows`))
}

export const movesSecretary = ({ grant, vacate }: Plan['people'][number]) => [...grant, ...vacate].some(({ role }) => role === 'secretary')

/** The import writes exactly the rows that were previewed, or none. */
export async function refuseIfMoved(db: Db, draft: Draft) {
  const [[later], [there]] = await lookUp(db, [importedSince(db, draft), stillThere(db, draft)])
  const changed = draft.rows?.people.filter(({ member }) => member).length
  if (later || there?.people !== changed)
    refuse('预览之后名单变了，请把文件再发一次。', 'The roster has changed since this preview; please send the file again.')
}

/** A choice counts only if it was offered, and for one row only. */
export function chosen(draft: Draft, filled: Record<string, unknown>): Draft {
  const taken = new Set<string>()
  const people = draft.rows?.people.map((person) => {
    const openId = person.candidates.find((one) => one === filled[choiceOf(person.row)])
    if (!openId || taken.has(openId)) return person
    taken.add(openId)
    return { ...person, facts: { ...person.facts, openId } }
  })
  return { ...draft, rows: draft.rows && { ...draft.rows, people: people ?? [] } }
}
