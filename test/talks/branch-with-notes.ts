import { together } from '../../db/client.ts'
import { contacts, talks } from '../../db/talks/tables.ts'
import { type Day, day, moment } from '../../src/calendar.ts'
import { opinionDueOn } from '../../src/rules/talks/due.ts'
import type { TalkKind } from '../../src/rules/talks/kinds.ts'
import { aBranch, type Person } from '../harness/branch.ts'
import type { TestStore } from '../harness/database.ts'

const people: readonly Person[] = [
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

/** A branch in whose direct chats talks are remembered. 吴勇 is the contact of 王芳; 张伟 has none. */
export async function aBranchWithNotes(options: { store?: TestStore } = {}) {
  const it = await aBranch(people, { since: '2026-01-01', ...options })
  let made = 0
  await it.db.insert(contacts).values({
    id: 'contact',
    branch: 'branch',
    member: 'm_王芳',
    contact: 'm_吴勇',
    fromOn: '2026-01-01',
    setBy: 'm_李华',
    setAt: it.now(),
  })
  return {
    ...it,
    at: it.at,
    /** A talk of two on a day, confirmed at noon unless it is said otherwise. */
    async talked(
      one: string,
      other: string,
      {
        on = day(it.now()),
        kind = 'activist',
        isConfirmed = true,
        confirmedAt = isConfirmed ? moment(on, '12:00') : null,
      }: { on?: Day; kind?: TalkKind; isConfirmed?: boolean; confirmedAt?: Date | null } = {},
    ) {
      const id = `talk${++made}`
      const [a = '', b = ''] = [`m_${one}`, `m_${other}`].sort()
      await together(it.db, [
        it.db.insert(talks).values({
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
      it.press(name, { press: 'note.save', talk }, { form: { words, shared } }),
    opens: (name: string, talk: string) => it.press(name, { press: 'note.open', talk }),
    files: (name: string, talk: string, opinion: string, { verdict = 'goOn', isSure = false } = {}) =>
      it.press(name, { press: 'opinion.submit', talk, ...(isSure ? { isSure } : {}) }, { form: { verdict, opinion } }),
    /** The list of raised words, as it is sent to somebody who asks for it. */
    async raised(name: string) {
      const answer = await it.press(name, { press: 'worries.open', branch: 'branch' })
      const shown = answer.mood === 'success' ? await it.shown('worries', { subject: 's', branch: 'branch', viewer: `m_${name}` }) : null
      return { ...answer, card: shown?.card ?? undefined }
    },
    async deeds() {
      return (
        await it.store.client.execute(
          "select actor, deed, subject from audit where actor like 'm\\_%' escape '\\' or actor = 'clock' order by id",
        )
      ).rows.map(({ actor, deed, subject }) => `${actor} ${deed} ${subject}`)
    },
  }
}

export type BranchWithNotes = Awaited<ReturnType<typeof aBranchWithNotes>>
