import type { ElectionThere } from '../../db/gatherings/votes-held.ts'
import { type Element, lines, note } from '../../src/card.ts'
import { fittingOptions, form, type Option, select } from '../../src/form.ts'
import type { MatchedWriteIn, Stander } from '../../src/rules/meeting-votes/write-ins.ts'
import { literal, t } from '../../src/text.ts'
import { answerWriteIn } from './buttons.ts'

/** A card holds 30 KB and 200 elements, and each option is an element. */
const MOST_OPTIONS = 60
const OPTION_BYTES = 5_500

/** The written-in names that the tellers have not answered for. */
const askedOf = ({ sheet }: Pick<ElectionThere, 'sheet'>): MatchedWriteIn[] => sheet?.writeIns.filter(({ is }) => is === 'asked') ?? []

/** One doubtful name at a time, for the tellers: which member it is, or nobody who can be elected. */
export function writeInFields(gathering: string, one: ElectionThere): Element[] {
  const [asked, ...others] = askedOf(one)
  if (!asked) return []
  const { name } = asked
  return [
    lines(
      t(
        `请计票人确认：选票上另写的「${literal(name)}」（${asked.for} 票）是谁？`,
        `For the tellers: who is “${literal(name)}”, written in with ${asked.for}?`,
      ),
    ),
    form(`writeIn${others.length}`, [select('who', t('请选择', 'Please choose'), optionsFor(name, one), { required: true })], {
      label: t('计票人已确认', 'The tellers say so'),
      value: answerWriteIn.value({ gathering, election: one.id, name }),
    }),
    note(
      t(
        `确认以后才有结果${others.length > 0 ? `，还有 ${others.length} 个名字要确认` : ''}。`,
        `The result waits for it${others.length > 0 ? `, and for ${others.length} more` : ''}.`,
      ),
    ),
  ]
}

/** People of one name are told apart by their place on the roster. */
function optionsFor(name: string, { standers, nominees }: ElectionThere): readonly Option[] {
  const all = standers ?? []
  const offered = all.filter(({ id, mayStand }) => mayStand && !nominees.some(({ member }) => member === id))
  const first = [...offered.filter((one) => one.name === name), ...offered.filter((one) => one.name !== name)]
  const label = (one: Stander) => {
    if (all.filter((other) => other.name === one.name).length === 1) return t(one.name, one.name)
    const nth = all.indexOf(one) + 1
    return t(`${one.name}（名册第 ${nth} 位）`, `${one.name} (no. ${nth} on the roster)`)
  }
  return [
    { label: t('不是有被选举权的党员', 'Nobody who can be elected'), value: 'ineligible' },
    { label: t('认不出是谁', 'It cannot be made out'), value: 'unread' },
    ...fittingOptions(
      first.slice(0, MOST_OPTIONS).map((one) => ({ label: label(one), value: one.id })),
      OPTION_BYTES,
    ),
  ]
}
