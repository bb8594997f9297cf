import { moment } from '../../src/calendar.ts'
import { forget } from '../../src/jobs/forget.ts'
import { shuffleBoxes } from '../../src/jobs/shuffle-boxes.ts'
import { aBranch, buttonsOf, type Person, textOf } from '../harness/branch.ts'
import type { TestStore } from '../harness/database.ts'

const company: readonly Person[] = [
  { name: '李华', role: 'secretary' },
  { name: '钱进', role: 'deputy' },
  { name: '孙丽', role: 'publicity' },
  { name: '周正', role: 'organisation' },
  { name: '王芳' },
  { name: '吴勇' },
  { name: '张伟' },
  { name: '管理员', role: 'admin', branch: null },
  { name: '考核人', role: 'assessor', branch: null },
]

interface Filled {
  words?: string
  kind?: string
  sign?: 'signed' | 'unsigned'
  meant?: string
}

type Said = { toast: { zh: string }; card?: object | undefined }
export const said = (answer: Said) => `${answer.toast.zh}\n${answer.card ? textOf(answer.card as never) : ''}`

/** A branch in which people speak up; at nine on Thursday, the eighth of October. */
export async function aSpeakingBranch({ people = company, ...options }: { people?: readonly Person[]; store?: TestStore } = {}) {
  const branch = await aBranch(people, { since: '2026-01-01', ...options })
  const { press, shown, store } = branch
  const rows = async (query: string) => (await store.client.execute(query)).rows

  /** The form as it is sent, with the code that was drawn with it. */
  async function form() {
    const { card } = await shown('suggest', { branch: 'branch' })
    const value = buttonsOf(card).find((one) => one.press === 'suggest.submit')
    if (!value) throw new Error('no form')
    return value
  }
  /** Somebody fills the form in and sends it. */
  async function speaks(name: string, { words = '活动室的灯坏了', kind = 'suggestion', sign = 'unsigned', meant }: Filled = {}) {
    const value = await form()
    const answer = await press(name, value, { form: { words, kind, sign, ...(meant ? { meant } : {}) } })
    return { ...answer, code: String(value.code), value }
  }
  return {
    ...branch,
    rows,
    form,
    speaks,
    /** The inbox of somebody, drawn as it is now. */
    inbox: (name: string) => shown('inbox', { subject: 's', viewer: `m_${name}` }),
    /** The ids of the voices in somebody's inbox, in its order. */
    async waiting(name: string) {
      const { card } = await shown('inbox', { subject: 's', viewer: `m_${name}` })
      return buttonsOf(card).flatMap((value) => (value.press === 'inbox.read' ? [String(value.voice)] : []))
    },
    reads: (name: string, voice: string) => press(name, { press: 'inbox.read', voice }),
    answers: (
      name: string,
      voice: string,
      {
        outcome = 'adopted',
        words = '已经换了新灯',
        nth = 1,
        ...more
      }: { outcome?: string; words?: string; nth?: number; [field: string]: unknown } = {},
    ) => press(name, { press: 'inbox.answer', voice, nth }, { form: { outcome, words, ...more } }),
    looksUp: (name: string, code: string) => press(name, { press: 'suggest.look', about: 'voices' }, { form: { code } }),
    shuffle: () => shuffleBoxes(branch.db, async () => undefined),
    night: (on: string) => forget({ db: branch.db, now: moment(on, '03:17'), slot: moment(on, '03:17'), isLate: false }) as Promise<void>,
    deeds: async () =>
      (await rows('select actor, deed, subject, at from audit order by id')).map(({ actor, deed, subject, at }) => ({
        actor: String(actor),
        deed: String(deed),
        subject: String(subject),
        at: Number(at),
      })),
  }
}

export type SpeakingBranch = Awaited<ReturnType<typeof aSpeakingBranch>>
