import { aBranch, buttonsOf, type Person } from '../harness/branch.ts'

const people: readonly Person[] = [
  { name: '李华', role: 'secretary' },
  { name: '王芳', role: 'organisation' },
  { name: '张伟', role: 'discipline' },
  { name: '赵敏' },
  { name: '孙强' },
  { name: '吴上级', role: 'assessor', branch: null },
]

/** A branch that pledges; at nine on the first working day of January. */
export async function aPledgingBranch(among: readonly Person[] = people) {
  const branch = await aBranch(among, { since: '2026-01-01' })
  branch.at('2027-01-04', '09:00')
  const { press, say } = branch
  const rows = async (query: string) => (await branch.store.client.execute(query)).rows

  const buttonFor = (card: Parameters<typeof buttonsOf>[0], name: string, more: object = {}) => {
    const found = buttonsOf(card).find((value) => value.press === name && Object.entries(more).every(([key, one]) => value[key] === one))
    if (!found) throw new Error(`no button ${name} among ${buttonsOf(card).map((one) => JSON.stringify(one))}`)
    return found
  }

  /** Opens the own card, and hands in these points. */
  async function pledges(name: string, ...points: string[]) {
    let form = (await say(name, '/承诺', { dm: true }))?.card
    if (!buttonsOf(form).some((one) => one.press === 'pledge.submit'))
      form = (await press(name, buttonFor(form, 'pledge.write'))).card ?? null
    const filled = Object.fromEntries(points.map((one, nth) => [`p${nth + 1}`, one]))
    return press(name, buttonFor(form, 'pledge.submit', { isSure: false }), { form: filled })
  }

  const review = async (name: string) => {
    const said = await say(name, '/承诺 审', { dm: true })
    if (!said?.card) throw new Error('no list')
    return said
  }
  const accepts = async (name: string) => press(name, buttonFor((await review(name)).card, 'pledgeReview.accept'))
  const own = async (name: string) => (await say(name, '/承诺', { dm: true })) ?? { view: '', card: null, text: '' }

  return { ...branch, rows, buttonFor, pledges, review, accepts, own }
}
