import { boardLink } from '../../db/pages/links.ts'
import { pledgePoints, pledges, showings } from '../../db/pledges/tables.ts'
import { newId } from '../../src/app.ts'
import type { BoardScope, ShowingScope } from '../../src/rules/pledges/showing.ts'
import type { Pages } from '../../src/view.ts'
import { pagesAt } from '../../src/web/address.ts'
import { openPage } from '../../src/web/door.tsx'
import { address } from '../harness/app.ts'
import { aBranch, buttonsOf, type Person, seeded } from '../harness/branch.ts'

const company: readonly Person[] = [
  { name: '李华', role: 'secretary' },
  { name: '王芳', role: 'deputy' },
  { name: '张伟', role: 'publicity' },
  { name: '赵敏' },
  { name: '钱进', stage: 'probationer' },
]

/** A branch with a board; at nine on the eighth of October. */
export async function aShownBranch(people = company) {
  const branch = await aBranch(people, { since: '2026-01-01' })
  const { db, press, store } = branch
  const rows = async (query: string) => (await store.client.execute(query)).rows

  const buttonFor = (card: Parameters<typeof buttonsOf>[0], name: string) => {
    const found = buttonsOf(card).find((value) => value.press === name)
    if (!found) throw new Error(`no button ${name}`)
    return found
  }
  const shows = (name: string, scope: ShowingScope | 'none') => press(name, { press: 'board.show', branch: 'branch', scope })

  /** As the pledges' own deeds leave it: accepted by the secretary. */
  async function pledged(name: string, points: readonly string[], { isAccepted = true, version = 1, kept = [] as number[] } = {}) {
    const id = `p_${name}_${version}`
    const at = branch.now()
    await db.insert(pledges).values({
      id,
      branch: 'branch',
      member: `m_${name}`,
      year: '2026',
      version,
      submittedAt: at,
      enteredBy: `m_${name}`,
      reviewedAt: isAccepted ? at : null,
      reviewedBy: isAccepted ? (name === '李华' ? 'm_王芳' : 'm_李华') : null,
    })
    for (const [nth, words] of points.entries())
      await db.insert(pledgePoints).values({ pledge: id, nth, words, isKept: kept.includes(nth) ? true : null })
  }

  /** Rows of consent without their press, for many people at once. */
  const consent = (name: string, scope: ShowingScope) =>
    db.insert(showings).values({ id: `w_${name}`, member: `m_${name}`, scope, since: branch.now() })

  const deps = {
    db,
    address,
    box: branch.box,
    clock: branch.now,
    random: seeded(4),
    newId: () => newId(seeded(9)),
    log: () => {},
  }
  const ids = seeded(21)
  const pagesFrom = (base: string): Pages => pagesAt(base, address, db, () => newId(ids))
  const answer = (request: Request, base = 'https://zhibu.example') => openPage({ ...deps, pages: pagesFrom(base) }, request)

  async function hung(scope: BoardScope, base = 'https://zhibu.example') {
    const url = (await pagesFrom(base).url(boardLink('branch', 'unit', scope, 'm_李华', branch.now()))) ?? ''
    return {
      url,
      read: async (more = '') => (await answer(new Request(url + more), base)).text(),
      open: (more = '') => answer(new Request(url + more), base),
    }
  }

  return { ...branch, rows, buttonFor, shows, pledged, consent, hung, answer }
}
