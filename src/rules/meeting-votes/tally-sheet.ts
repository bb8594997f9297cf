import { type Text, t, withoutFormat } from '../../text.ts'
import { type Filled, LONGEST_WRITE_IN, nameWritten } from '../ballots/marks.ts'
import { isVoid, type Nominee, type TallySheet } from './elections.ts'
import type { Hands } from './resolutions.ts'
import { votesField } from './votes-field.ts'
import type { WriteIn } from './write-ins.ts'

interface Counted {
  nominees: readonly Nominee[]
  seats: number
  presentVoters: number
}

type Wrong = { wrong: Text }

type Box = Pick<TallySheet, 'handedOut' | 'returned' | 'invalid'>

/** The ballots in the box. A vote is void and has no figures where more came back than went out. */
export type PaperSheet = Box & { votes: Hands | null }

/** Accepts the tellers' report only where all of it adds up; otherwise returns the first mistake. */
export function sheetOf({ nominees, seats, presentVoters }: Counted, filled: Filled): TallySheet | Wrong {
  const box = boxOf(filled, presentVoters, (handedOut) =>
    t(
      `发出 ${handedOut} 张，多于到会有选举权的 ${presentVoters} 人；有人后到的，先按「更新到会人数」。`,
      `${handedOut} handed out, more than the ${presentVoters} voters present; if somebody came later, press “Count again who is here” first.`,
    ),
  )
  if ('wrong' in box) return box
  if (isVoid(box, presentVoters)) return { ...box, votes: [], writeIns: [] }
  const valid = box.returned - box.invalid
  const votes: TallySheet['votes'] = []
  for (const [nth, { name }] of nominees.entries()) {
    const counted = votesIn(name, filled[votesField(nth)], valid)
    if ('wrong' in counted) return counted
    votes.push(counted)
  }
  const writeIns = writeInsIn(String(filled.writeIns ?? ''), nominees, valid)
  if ('wrong' in writeIns) return writeIns
  const approvals = [...votes, ...writeIns].reduce((sum, one) => sum + one.for, 0)
  if (approvals > seats * valid)
    return {
      wrong: t(
        `赞成票共 ${approvals} 票，有效票 ${valid} 张每张最多选 ${seats} 人，最多 ${seats * valid} 票，请核对。`,
        `${approvals} approvals in all, but ${valid} valid ballots of at most ${seats} make ${seats * valid} at most; please check.`,
      ),
    }
  return { ...box, votes, writeIns }
}

/** A resolution on paper: the same sums, with one subject and nobody written in. */
export function paperOf(filled: Filled, presentVoters: number): PaperSheet | Wrong {
  const box = boxOf(filled, presentVoters, (handedOut) =>
    t(
      `发出 ${handedOut} 张，多于核对过到会的 ${presentVoters} 人；漏了人的，先在「到会核对」里核对。`,
      `${handedOut} handed out, more than the ${presentVoters} voters confirmed in the room; if somebody is missing, confirm them on “Who is in the room” first.`,
    ),
  )
  if ('wrong' in box) return box
  if (isVoid(box, presentVoters)) return { ...box, votes: null }
  const votes = votesIn('', filled[votesField(0)], box.returned - box.invalid)
  return 'wrong' in votes ? votes : { ...box, votes }
}

/** The figures of the box; the invalid ones are not counted where more came back than went out. */
function boxOf(filled: Filled, presentVoters: number, tooMany: (handedOut: number) => Text): Box | Wrong {
  const [handedOut, returned, invalid] = [numberIn(filled.handedOut), numberIn(filled.returned), numberIn(filled.invalid || '0')]
  if (handedOut === null) return notWhole(t('发出的选票', 'Ballots handed out'))
  if (returned === null) return notWhole(t('收回的选票', 'Ballots returned'))
  if (invalid === null) return notWhole(t('废票', 'Invalid ballots'))
  if (handedOut > presentVoters) return { wrong: tooMany(handedOut) }
  if (isVoid({ handedOut, returned }, presentVoters)) return { handedOut, returned, invalid: 0 }
  if (invalid > returned)
    return {
      wrong: t(
        `废票 ${invalid} 张，多于收回的 ${returned} 张，请核对。`,
        `${invalid} invalid, more than the ${returned} returned; please check.`,
      ),
    }
  return { handedOut, returned, invalid }
}

const numberIn = (value: unknown): number | null => {
  const said = String(value ?? '')
    .normalize('NFKC')
    .trim()
  return /^\d{1,4}$/.test(said) ? Number(said) : null
}

const notWhole = ({ zh, en }: Text): Wrong => ({ wrong: t(`「${zh}」请填整数。`, `${en}: please enter a whole number.`) })

/** Reads `12 3 1`: for, against, abstained. A resolution's figures bear no name. */
function votesIn(name: string, said: unknown, valid: number): Hands | Wrong {
  const of = name === '' ? t('', '') : t(`${name}：`, `${name}: `)
  const numbers = String(said ?? '')
    .normalize('NFKC')
    .split(/[\s,、/;]+/u)
    .filter((one) => one !== '')
    .map(numberIn)
  const [approved, against, abstain] = numbers
  if (numbers.length !== 3 || approved == null || against == null || abstain == null)
    return {
      wrong: t(
        `${of.zh}请填三个整数，依次是赞成、不赞成、弃权，用空格隔开，如「5 1 0」。`,
        `${of.en}three whole numbers, please, for, against and abstained, with blanks between, as “5 1 0”.`,
      ),
    }
  const sum = approved + against + abstain
  if (sum !== valid)
    return {
      wrong: t(
        `${name}${name === '' ? '' : '的'}三项相加是 ${sum}，有效票是 ${valid} 张，请核对。`,
        `The three figures${name === '' ? '' : ` of ${name}`} make ${sum}, but there are ${valid} valid ballots; please check.`,
      ),
    }
  return { for: approved, against, abstain }
}

/** Each line reads `赵敏 2`. */
function writeInsIn(said: string, nominees: readonly Nominee[], valid: number): WriteIn[] | Wrong {
  const lines = said.split('\n').filter((line) => line.trim() !== '')
  const found: WriteIn[] = []
  for (const line of lines) {
    const [, words = '', digits = ''] = /^(.*?)[\s::,、]*(\d{1,4})\s*票?$/u.exec(withoutFormat(line).normalize('NFKC').trim()) ?? []
    const [name, votes] = [nameWritten(words), Number(digits)]
    if (name === '' || votes === 0)
      return {
        wrong: t(
          `另选他人请一行写一个，姓名后面写票数，如「赵敏 2」。`,
          'Names written in: one a line, with its votes behind it, as “Zhao Min 2”.',
        ),
      }
    if ([...name].length > LONGEST_WRITE_IN)
      return { wrong: t(`另选人姓名最多 ${LONGEST_WRITE_IN} 个字。`, `A written-in name has at most ${LONGEST_WRITE_IN} characters.`) }
    if (nominees.some((one) => one.name === name))
      return {
        wrong: t(`${name}是候选人，票数请填在候选人那一栏。`, `${name} is a nominee; please enter the votes in the nominee’s own line.`),
      }
    if (found.some((one) => one.name === name)) return { wrong: t(`另选人「${name}」写了两次。`, `“${name}” is written in twice.`) }
    if (votes > valid)
      return {
        wrong: t(
          `另选人${name}得 ${votes} 票，多于有效票 ${valid} 张，请核对。`,
          `${name} has ${votes} votes, more than the ${valid} valid ballots; please check.`,
        ),
      }
    found.push({ name, for: votes })
  }
  return found
}
