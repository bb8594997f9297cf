import { expect, test } from 'vitest'
import { tick } from '../../src/clock/schedule.ts'
import { countBallots } from '../../src/jobs/count-ballots.ts'
import { anApp } from '../harness/app.ts'
import { aVotingBranch } from '../harness/ballots/ballots.ts'
import { openId } from '../harness/branch.ts'
import { nodeHost } from '../harness/host.ts'
import { playBallots } from '../scenario/ballot.ts'

// T40: ballots while the platform fails
test('with the platform failing, ballots log no name, choice or receipt', async () => {
  const lines: string[] = []
  const host = await nodeHost((event) => void lines.push(JSON.stringify(event)))
  try {
    for (const kind of ['500', '429', 'lostReply', 'deadToken'] as const) {
      let calls = 0
      const some = (path: string) => path.includes('/im/v1/messages') && ++calls % 7 === 3
      host.feishu.faults.push({ kind, times: 3, match: some })
    }
    const { receipts, openIds } = await playBallots(host)
    expect(host.feishu.faults).toEqual([])
    expect(lines.filter((line) => line.includes('"at":"feishu"')).length).toBeGreaterThan(3)
    expect(toldBy(lines, [...receipts, ...openIds, '李华', '王芳', '选派', '赞成', '"for"', '"against"'])).toEqual([])
  } finally {
    await host.stop()
  }
})

const toldBy = (lines: readonly string[], secrets: readonly string[]) =>
  lines.flatMap((line) => secrets.filter((secret) => line.includes(secret)).map((secret) => `${secret} in ${line}`))

/** An error as no driver should word it: it tells its arguments, over lines that look like a trace. */
function tooFrank(given: unknown): Error {
  const told = JSON.stringify(given)
  return Object.assign(new Error(`could not write\n    at ${told}\n  at ${told}`), { code: 'SQLITE_FULL', args: given })
}

test('a fault in a vote is logged by name and place alone', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens({
    use: 'election',
    question: { scale: 'stances', most: 1, writeIns: 1, subjects: [{ key: '1', name: '李华' }] },
  })
  const { app, lines, breaks, mends } = frank(it)
  const votes = (name: string) =>
    app.presses(openId(name), { press: 'ballot.vote', ballot }, { form: { for: [], write_0: '密写的名字' }, messageId: `om_${name}` })

  breaks.write = true
  expect((await votes('王芳')).toast?.type).toBe('error')
  mends()
  breaks.seal = true
  expect((await votes('王芳')).toast?.type).toBe('error')
  mends()
  breaks.read = true
  expect((await votes('王芳')).toast?.type).toBe('error')
  mends()
  expect((await votes('王芳')).toast?.type).toBe('success')
  it.at('2026-10-09', '17:01')
  for (const part of ['write', 'read'] as const) {
    breaks[part] = true
    await tick(it.db, it.now(), (event) => void lines.push(JSON.stringify(event))).catch(() => {})
    mends()
  }
  await tick(it.db, it.now(), (event) => void lines.push(JSON.stringify(event)))
  breaks.write = true
  await countBallots({ db: it.db, box: it.box, clock: it.now, log: (event) => void lines.push(JSON.stringify(event)) })
  mends()
  expect(lines.filter((line) => line.includes('"level":"error"')).length).toBeGreaterThanOrEqual(4)
  expect(lines.join('\n')).toContain('Error SQLITE_FULL at ')
  expect(toldBy(lines, ['密写的名字', ...it.everybody.flatMap((name) => [name, openId(name), `m_${name}`]), 'writeIn', 'sealed'])).toEqual(
    [],
  )
})

/** The branch behind a door whose parts fail as they are told, with errors that tell everything. */
function frank(it: Awaited<ReturnType<typeof aVotingBranch>>) {
  const breaks = { read: false, write: false, seal: false }
  const { gate } = it.db
  const [read, write, seal] = [gate.read, gate.write, it.box.sealing.seal]
  Object.assign(gate, {
    read: (statements: Parameters<typeof read>[0]) => (breaks.read ? Promise.reject(tooFrank(statements)) : read(statements)),
    write: (statements: Parameters<typeof write>[0]) => (breaks.write ? Promise.reject(tooFrank(statements)) : write(statements)),
  })
  const box = {
    ...it.box,
    sealing: {
      ...it.box.sealing,
      seal: (...given: Parameters<typeof seal>) =>
        breaks.seal ? Promise.reject(tooFrank(given[2].map((piece) => Buffer.from(piece).toString()))) : seal(...given),
    },
  }
  const app = anApp(it.store, { box })
  const lines: string[] = []
  const mends = () => {
    Object.assign(breaks, { read: false, write: false, seal: false })
    lines.push(...app.logs.splice(0).map((event) => JSON.stringify(event)))
  }
  return { app, lines, breaks, mends }
}
