import { expect, test } from 'vitest'
import { actorById } from '../../db/branches/members.ts'
import { lookUp } from '../../db/client.ts'
import { markPresent } from '../../db/gatherings/corrections.ts'
import { digestOf } from '../../db/work/minutes.ts'
import { confirmMinutes } from '../../db/work/minutes-confirm.ts'
import { minuteFacts } from '../../db/work/minutes-facts.ts'
import { Refusal } from '../../src/refusal.ts'
import { draftOf } from '../../src/rules/work/minutes-draft.ts'
import { seeded } from '../harness/branch.ts'
import { proved, sized } from '../proofs/sizes.ts'
import { aClosedMeeting } from './meeting.ts'

type Meeting = Awaited<ReturnType<typeof aClosedMeeting>>

/** The presses that people may make at any moment around a confirmation; most are refused in most states. */
const presses: ((it: Meeting) => Promise<unknown>)[] = [
  (it) => it.does('李华', 'confirm'),
  (it) => it.does('李华', 'confirm'),
  (it) => it.does('张伟', 'confirm'),
  (it) => it.does('王芳', 'confirm'),
  (it) => it.does('王芳', 'submit'),
  (it) => it.does('张伟', 'submit'),
  (it) => it.does('王芳', 'save', { words: '两人发言' }, { position: 1 }),
  (it) => it.does('王芳', 'save', { words: '' }, { position: 1 }),
  (it) => it.does('李华', 'sendBack', { reason: '补一条' }),
  (it) => it.does('李华', 'assign', { recorder: 'm_张伟' }),
  (it) => it.does('李华', 'assign', { recorder: 'm_王芳' }),
  (it) => it.press('李华', { press: 'host.mark', gathering: it.gathering }, { form: { people: ['m_钱进'] } }),
  (it) => it.press('李华', { press: 'corrections.unmark', gathering: it.gathering }, { form: { people: ['m_钱进'] } }),
  (it) => it.press('李华', { press: 'agenda.settle', gathering: it.gathering }, { form: { struck: ['2'] } }),
  (it) => it.press('李华', { press: 'agenda.settle', gathering: it.gathering }, { form: { struck: [] } }),
  (it) => it.reopen('更正'),
]

/** The press that leads on from a state, so that every state is reached often. */
const onward: Record<string, (it: Meeting) => Promise<unknown>> = {
  draft: (it) => Promise.all(['王芳', '张伟'].map((name) => it.does(name, 'submit'))),
  returned: (it) => Promise.all(['王芳', '张伟'].map((name) => it.does(name, 'submit'))),
  submitted: (it) => it.does('李华', 'confirm'),
  reopened: (it) => it.does('李华', 'confirm'),
  locked: (it) => it.reopen('更正'),
}

const turns = async (count: number) => {
  for (let left = count; left > 0; left--) await new Promise(setImmediate)
}

/** The state agrees with the versions, and locked words are those of the facts as they are. */
async function oneTruth(it: Meeting) {
  const [row] = await it.rows('select * from minutes')
  const versions = await it.rows('select * from minute_versions order by version')
  expect(versions.map(({ version }) => version)).toEqual(versions.map((_, nth) => nth + 1))
  for (const { document, digest, submitted_by, confirmed_by } of versions) {
    expect(digestOf(String(document))).toBe(digest)
    expect(confirmed_by).not.toBe(submitted_by)
  }
  if (row?.confirmed_at === null) return false
  expect(row?.version).toBe(versions.length)
  expect(row?.recorder).not.toBe(row?.confirmed_by)
  const read = await minuteFacts(it.db, it.gathering, 'branch')
  expect(versions.at(-1)?.document).toBe(JSON.stringify(draftOf(read?.facts ?? expect.unreachable())))
  return true
}

// T17: 60 (1,000) rounds of presses at once around the confirmation of minutes
test('whoever presses at once, confirmed minutes are one locked truth', async ({ task }) => {
  const it = await aClosedMeeting('general', ['李华', '王芳', '张伟', '赵敏'])
  await it.submitted()
  const random = seeded(16)
  const pick = (most: number) => ((random(2)[0] ?? 0) * 256 + (random(1)[0] ?? 0)) % most
  const rounds = sized(60, 1_000)
  let locked = 0
  for (let round = 0; round < rounds; round++) {
    it.at('2026-10-09', '15:41', round * 1_000)
    const others = Array.from({ length: 1 + pick(4) }, () => presses[pick(presses.length)])
    const chosen = pick(3) === 0 ? others : [...others, onward[await it.state()]]
    await Promise.all(
      chosen.map(async (one) => {
        await turns(pick(6))
        await one?.(it)
      }),
    )
    if (await oneTruth(it)) locked++
  }
  const versions = await it.count('minute_versions')
  expect(Math.min(versions, locked)).toBeGreaterThan(rounds / 20)
  proved(task, 'T17', `${rounds} rounds around minutes, ${versions} confirmations: each locked what the facts were, and by another`)
})

test('of two who confirm at once one does', async () => {
  const it = await (await aClosedMeeting()).submitted()
  const moods = (await Promise.all(['李华', '张伟', '李华'].map((name) => it.does(name, 'confirm')))).map(({ mood }) => mood)
  expect(moods.toSorted()).toEqual(['success', 'warning', 'warning'])
  expect(await it.count('minute_versions')).toBe(1)
})

test('what was corrected between look and lock is in what is locked', async () => {
  const it = await (await aClosedMeeting('general', ['李华', '王芳', '赵敏'])).submitted()
  const [looked, [[host]]] = [await it.seen(), await lookUp(it.db, [actorById(it.db, 'm_李华')])]
  await it.press('李华', { press: 'host.mark', gathering: it.gathering }, { form: { people: ['m_钱进'] } })
  await confirmMinutes(it.db, looked, host ?? expect.unreachable(), it.now())
  const [version] = await it.rows('select document from minute_versions')
  expect(String(version?.document)).toContain('钱进')
})

test('a correction that began before the lock does not come after it', async () => {
  const it = await (await aClosedMeeting('general', ['李华', '王芳', '赵敏'])).submitted()
  const [looked, [[host]]] = [await it.seen(), await lookUp(it.db, [actorById(it.db, 'm_李华')])]
  await it.does('李华', 'confirm')
  const person = { id: 'm_钱进', votes: true, isAway: false, branch: 'branch' }
  await expect(markPresent(it.db, looked.it, [person], host ?? expect.unreachable(), it.now())).rejects.toThrow(Refusal)
  expect(await it.count('arrivals')).toBe(3)
})
