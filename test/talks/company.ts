import { sql } from 'drizzle-orm'
import { members } from '../../db/branches/tables.ts'
import { together } from '../../db/client.ts'
import { contacts, talks } from '../../db/talks/tables.ts'
import { type Day, day, moment } from '../../src/calendar.ts'
import { opinionDueOn } from '../../src/rules/talks/due.ts'
import type { TalkKind } from '../../src/rules/talks/kinds.ts'
import { aBranch, buttonsOf, openId, type Person } from '../harness/branch.ts'
import type { TestStore } from '../harness/database.ts'

const company: readonly Person[] = [
  { name: '李华', role: 'secretary' },
  { name: '王芳', role: 'organisation' },
  { name: '张伟', role: 'publicity' },
  { name: '赵敏' },
  { name: '钱进' },
  { name: '孙丽', stage: 'activist' },
  { name: '周一鸣', stage: 'applicant' },
  { name: '吴上级', role: 'assessor', branch: null },
]

/** Every seat of a branch. 吴勇 is the contact of 王芳; 张伟 has none. */
const withContact: readonly Person[] = [
  { name: '李华', role: 'secretary' },
  { name: '赵敏', role: 'organisation' },
  { name: '钱进', role: 'deputy' },
  { name: '孙丽', role: 'publicity' },
  { name: '周正', role: 'discipline' },
  { name: '吴勇' },
  { name: '王芳', stage: 'activist' },
  { name: '张伟', stage: 'activist' },
  { name: '管理员', role: 'admin', branch: null },
  { name: '考核人', role: 'assessor', branch: null },
]

interface Options {
  people?: readonly Person[]
  since?: string
  store?: TestStore
}

interface Held {
  on?: Day
  kind?: TalkKind
  isConfirmed?: boolean
  confirmedAt?: Date | null
}

/** A branch in which people talk; at nine on the eighth of October. */
export async function aTalkingBranch({ people = company, ...options }: Options = {}) {
  const branch = await aBranch(people, options)
  const { db, store, say, press } = branch
  const rows = async (query: string) => (await store.client.execute(query)).rows
  let made = 0

  /** The latest card of this view that was sent to a person, drawn as it is now. */
  async function lastCard(name: string, view?: string) {
    const sent = (await branch.outboxRows()).filter(
      (row) => (row.to_id === openId(name) || String(row.to_id).includes(`dm`)) && JSON.parse(String(row.args)).member === `m_${name}`,
    )
    const last = sent.filter((row) => !view || row.view === view).at(-1)
    return last ? branch.shown(String(last.view), JSON.parse(String(last.args))) : null
  }
  /** The latest paper that was sent to one of the committee. */
  async function lastPaper(name: string) {
    const last = (await branch.outboxRows())
      .filter((row) => row.view === 'talkPaper' && JSON.parse(String(row.args)).viewer === `m_${name}`)
      .at(-1)
    return last ? branch.shown('talkPaper', JSON.parse(String(last.args))) : null
  }
  const buttonFor = (card: Parameters<typeof buttonsOf>[0], name: string) => {
    const found = buttonsOf(card).find((value) => value.press === name)
    if (!found) throw new Error(`no button ${name} among ${buttonsOf(card).map((one) => one.press)}`)
    return found
  }
  /** One line and one press, as somebody would. */
  async function claims(name: string, line: string) {
    const read = await say(name, line, { dm: true })
    return press(name, buttonFor(read?.card, 'talk.claim'))
  }
  async function answers(name: string, yes = true) {
    const shown = await branch.shown('talkRequests', { subject: `talkRequests m_${name}`, member: `m_${name}` })
    return press(name, buttonFor(shown.card, yes ? 'talk.yes' : 'talk.no'))
  }
  return {
    ...branch,
    rows,
    lastCard,
    lastPaper,
    buttonFor,
    claims,
    answers,
    talks: () => rows('select * from talks order by claimed_at, rowid'),
    counted: async () =>
      Number((await rows('select count(*) as n from talks where confirmed_at is not null and withdrawn_at is null'))[0]?.n),
    change: (name: string, set: Partial<typeof members.$inferInsert>) => db.update(members).set(set).where(sql`${members.name} = ${name}`),
    /** A talk of two on a day, past the cards; confirmed at noon unless it is said otherwise. */
    async talked(
      one: string,
      other: string,
      { on = day(branch.now()), kind = 'activist', isConfirmed = true, confirmedAt = isConfirmed ? moment(on, '12:00') : null }: Held = {},
    ) {
      const id = `talk${++made}`
      const [a = '', b = ''] = [`m_${one}`, `m_${other}`].sort()
      await together(db, [
        db.insert(talks).values({
          id,
          unit: 'unit',
          branch: 'branch',
          a,
          b,
          kind,
          onDay: on,
          claimedBy: `m_${one}`,
          claimedAt: moment(on, '11:00'),
          opinionDueOn: kind === 'activist' ? opinionDueOn(on) : null,
          confirmedAt,
        }),
      ])
      return id
    },
    writes: (name: string, talk: string, words: string, shared = 'own') =>
      press(name, { press: 'note.save', talk }, { form: { words, shared } }),
    opens: (name: string, talk: string) => press(name, { press: 'note.open', talk }),
    files: (name: string, talk: string, opinion: string, { verdict = 'goOn', isSure = false } = {}) =>
      press(name, { press: 'opinion.submit', talk, ...(isSure ? { isSure } : {}) }, { form: { verdict, opinion } }),
    /** The words that were raised, as somebody reads them who answers; the empty inbox where nothing waits for them. */
    async raised(name: string) {
      const { card } = await branch.shown('inbox', { subject: 's', viewer: `m_${name}` })
      const [first] = buttonsOf(card).filter((value) => value.press === 'inbox.read')
      return first ? press(name, first) : { toast: { zh: '', en: '' }, card: card ?? undefined }
    },
    deeds: async () =>
      (await rows("select actor, deed, subject from audit where actor like 'm\\_%' escape '\\' or actor = 'clock' order by id")).map(
        ({ actor, deed, subject }) => `${actor} ${deed} ${subject}`,
      ),
  }
}

export type TalkingBranch = Awaited<ReturnType<typeof aTalkingBranch>>

/** The same for a year in which 吴勇 looks after 王芳. */
export async function aBranchWithContact(options: Pick<Options, 'store'> = {}): Promise<TalkingBranch> {
  const it = await aTalkingBranch({ people: withContact, since: '2026-01-01', ...options })
  await it.db.insert(contacts).values({
    id: 'contact',
    branch: 'branch',
    member: 'm_王芳',
    contact: 'm_吴勇',
    fromOn: '2026-01-01',
    setBy: 'm_李华',
    setAt: it.now(),
  })
  return it
}
