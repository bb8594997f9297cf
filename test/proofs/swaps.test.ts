import { expect, test } from 'vitest'
import { seeded } from '../harness/branch.ts'
import { people, type Townsman } from '../harness/town.ts'
import { examples } from '../rights/examples/index.ts'
import { isExpectedToHave } from '../rights/roles.ts'
import { aStage, type Stage } from '../rights/stage.ts'
import { proved, sized } from './sizes.ts'

/** Things of every kind that belong to two other branches, the second in another unit. Their names hold a word to look for. */
async function elsewhere(stage: Stage) {
  const pool: Record<string, string[]> = { branch: [], person: [], member: [], group: [], committee: ['second', 'farTop'], election: [] }
  const add = (kind: string, id: string) => {
    pool[kind] = [...(pool[kind] ?? []), id]
  }
  for (const branch of ['cousin', 'abroad']) {
    const unit = branch === 'abroad' ? 'far' : 'unit'
    const member = branch === 'abroad' ? 'm far secretary' : 'm cousin secretary'
    const gathering = await stage.meeting(branch)
    // A gathering that is called cancels those before it.
    await stage.client.execute('delete from cancellations')
    add('branch', branch)
    add('gathering', gathering)
    for (const kind of ['person', 'member']) add(kind, member)
    for (const kind of ['group', 'rhythm', 'proposal', 'evaluation', 'ballot', 'closed', 'resolution', 'election'])
      add(kind, `${kind} ${branch}`)
    const keys = await stage.box.sealing.newKeys(`ballot ${branch}`)
    const question = JSON.stringify({ scale: 'stances', subjects: [{ key: '1', name: '金丝雀' }] })
    const opened = stage.now().getTime()
    await stage.client.executeMultiple(`
      update branches set name = '金丝雀 ${branch}' where id = '${branch}';
      insert into groups (id, branch, name) values ('group ${branch}', '${branch}', '金丝雀组');
      insert into rhythms (id, branch, kind, place, in_room, rule, time, set_by, set_at)
        values ('rhythm ${branch}', '${branch}', 'lecture', '金丝雀', 0, '{"every":"month","date":20}', '15:00', '${member}', 0);
      insert into rhythm_drafts values ('rhythm ${branch}', '2026-10-20', ${opened}, 0, 1, 0, 'ou_secretary', null);
      insert into roster_proposals (chat, open_id, id, unit, branch, name, what, at)
        values ('oc_${branch}', 'ou_new', 'proposal ${branch}', '${unit}', '${branch}', '金丝雀', 'joined', 0);
      insert into evaluations (id, branch, period, opened_by, opened_at) values ('evaluation ${branch}', '${branch}', '2026', '${member}', 0);
      insert into evaluated select 'evaluation ${branch}', id, null from members where branch = '${branch}';
      insert into self_views select evaluation, member, '金丝雀', 'qualified', 0 from evaluated where evaluation = 'evaluation ${branch}'`)
    for (const id of ['ballot', 'closed', 'election'])
      await stage.client.execute({
        sql: `insert into ballots (id, unit, branch, "use", is_secret, title, question, opened_by, opened_at, closes_at, public_key, wrapped_key)
          values (?, ?, ?, ?, 1, '金丝雀', ?, ?, ?, ?, ?, ?)`,
        args: [
          `${id} ${branch}`,
          unit,
          branch,
          id === 'election' ? 'election' : 'resolution',
          question,
          member,
          opened,
          opened + 86_400_000,
          keys.publicKey,
          keys.wrappedKey,
        ],
      })
    await stage.client.executeMultiple(`
      insert into electorates (ballot, member, branch) select id, '${member}', '${branch}' from ballots where branch = '${branch}';
      insert into ballot_closures (ballot, at, "by") values ('closed ${branch}', ${opened}, 'clock');`)
  }
  return pool
}

/** The kinds of thing that an id in a button's value can be taken for. */
const kindsOf = (key: string, pool: Record<string, string[]>) =>
  key === 'ballot' ? ['ballot', 'closed'] : key === 'id' ? ['ballot', 'gathering', 'evaluation'] : key in pool ? [key] : []

// T37: 1,000 (10,000) exchanged ids, ballots among them
test('an exchanged id of elsewhere reads nothing and writes nothing', async ({ task }) => {
  const wanted = sized(1_000, 10_000)
  const stage = await aStage()
  const pool = await elsewhere(stage)
  const random = seeded(37)
  const oneOf = <T>(all: readonly T[]): T => all[(random(1)[0] ?? 0) % all.length] as T
  // No id of the unit is of elsewhere for an administrator, nor one of its branches for a top assessor.
  const actors = people.filter(({ name }) =>
    ['secretary', 'deputy', 'organisation', 'leader', 'assessor', 'member', 'sibling secretary', 'probationer'].includes(name),
  )
  const presses = examples.filter(({ action, given, asks }) => action.includes('.') && (given || asks.length > 0))
  const tried = new Map<string, number>()
  const indifferent = new Set<string>()
  let tries = 0
  while (tries < wanted) {
    const before = tries
    for (const one of presses) {
      if (tries >= wanted) break
      await stage.undone(async () => {
        const given = (await one.given?.(stage)) ?? {}
        const value = await sentBy(stage, one, given)
        const keys = Object.keys(value).filter((key) => kindsOf(key, pool).length > 0)
        if (keys.length === 0) return
        for (let nth = 0; nth < 12 && tries < wanted; nth++) {
          const key = oneOf(keys)
          const id = oneOf(pool[oneOf(kindsOf(key, pool))] ?? [])
          const who = oneOf([
            ...actors,
            ...actors,
            ...actors.filter(({ name }) => one.asks.every((right) => isExpectedToHave(name, right, one.at))),
          ])
          await tryIt(one.action, { ...value }, key, id, who)
          tried.set(`${one.action} ${key}`, (tried.get(`${one.action} ${key}`) ?? 0) + 1)
          tries++
        }
      })
    }
    if (tries === before) throw new Error('no press sends an id')
  }
  expect(tried.size).toBeGreaterThan(60)
  // The ballot alone decides in these; the gathering’s id says only which card is shown again.
  expect([...indifferent].filter((one) => !/^inMeeting\.\w+ gathering$/.test(one))).toEqual([])
  proved(
    task,
    'T37',
    `${tries.toLocaleString('en')} exchanged ids in ${tried.size} fields of buttons: 0 read, 0 written, each answered as unknown`,
  )

  async function tryIt(action: string, value: Record<string, unknown>, key: string, id: string, who: Townsman) {
    const answers = []
    for (const exchanged of ['nowhere', id]) {
      const got = await stage.undone(async () => {
        const [facts, sent] = [await stage.facts(), await stage.lastSent()]
        const answer = await stage.presses(
          who.openId,
          { press: action, ...value, [key]: exchanged },
          { chat: 'oc_home', tenantKey: who.tenantKey, form: forms },
        )
        const after = await stage.facts()
        const changed = JSON.stringify(after) === JSON.stringify(facts) ? 'nothing' : JSON.stringify({ facts, after })
        return { changed, answer: JSON.stringify(answer).replaceAll(exchanged, 'ID'), views: await stage.viewsAfter(sent) }
      })
      answers.push(got)
    }
    const [unknown, foreign] = answers
    expect({ action, key, id, who: who.name, ...foreign }).toEqual({ action, key, id, who: who.name, ...unknown })
    expect(foreign?.answer).not.toContain('金丝雀')
    // A press that does not ask for the thing, as one that cancels, does the same with any id.
    if (foreign?.changed !== 'nothing') indifferent.add(`${action} ${key}`)
  }
})

/** Fields that a form of some press may ask for. */
const forms = {
  words: '自评',
  reason: '改期',
  closes: '2026-12-20 15:00 +0800',
  people: ['m member'],
  grade: 'qualified',
  name: '新名',
  role: 'deputy',
}

/** The value that the example's button sends, caught on its way. */
async function sentBy(stage: Stage, one: (typeof examples)[number], given: Record<string, unknown>): Promise<Record<string, unknown>> {
  let caught: Record<string, unknown> = {}
  const catching = Object.assign(Object.create(stage), {
    presses: async (_openId: string, value: Record<string, unknown>) => {
      const { press: _press, ...rest } = value
      caught = rest
      return { status: 200 }
    },
  })
  await one.acts(catching, people[0] as Townsman, given)
  return caught
}
