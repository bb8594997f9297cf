import { expect, test } from 'vitest'
import { aTownThatVotes, type Kind } from '../harness/ballots/crawl.ts'
import { aTown } from '../harness/town.ts'

/** Tells where two towns differ, one that voted for everything and one against. It must be nowhere while a ballot is open. */
function differences(one: readonly string[], others: readonly string[]): string[] {
  expect(one.length).toBe(others.length)
  return one.flatMap((line, nth) => {
    const other = others[nth] ?? ''
    if (line === other) return []
    const [letters, theirs] = [[...line], [...other]]
    const at = letters.findIndex((letter, place) => letter !== theirs[place])
    return [`${line.slice(0, 60)} … ${line.slice(at - 20, at + 40)} / ${other.slice(at - 20, at + 40)}`]
  })
}

const both = async <T>(work: (kind: Kind) => Promise<T>): Promise<[T, T]> => [await work('for'), await work('against')]

type Town = Awaited<ReturnType<typeof aTownThatVotes>>

const sameIn = (one: Town, other: Town) => async (work: (town: Town) => Promise<unknown>, least: number) => {
  await work(one)
  await work(other)
  const seen = one.seen()
  expect(seen.length).toBeGreaterThan(least)
  expect(differences(seen, other.seen())).toEqual([])
}

// T30: every card, page, command and export as every role
test('while ballots are open nothing observable depends on a single vote', async () => {
  const [one, other] = await both(aTownThatVotes)
  const same = sameIn(one, other)

  await same((town) => town.commandsSaid(), 800)
  await same(async (town) => {
    const drawn = await town.viewsDrawn()
    expect([...drawn]).toEqual(
      expect.arrayContaining([
        'ballot',
        'turnout',
        'ballotHost',
        'ballotMore',
        'votes',
        'mine',
        'ballotUnsound',
        'evaluation',
        'grading',
        'groupView',
        'selfView',
      ]),
    )
    expect([...drawn]).not.toContain('ballotResult')
  }, 5_000)
  await same(async (town) => expect(await town.pagesOpened()).toEqual(new Set([200, 403, 404, 409, 410])), 400)
  await same((town) => town.messagesSent(), 100)
  await same(async (town) => {
    for (const day of ['2026-10-09', '2026-10-10', '2026-10-11']) expect(await town.minute(day, '09:30')).toEqual([])
    await town.messagesSent()
  }, 100)
  await same((town) => town.rowsKept(), 60)
  // Closing and cancelling come last: what is answered to them is said before anything is counted.
  await same(async (town) => {
    const pressed = await town.buttonsPressed()
    expect(pressed).toEqual(
      expect.arrayContaining([
        'ballot.vote',
        'ballotHost.close',
        'ballotMore.extend',
        'ballotMore.add',
        'votes.run',
        'steps.vote',
        'grading.choose',
        'gradeAppeal.answer',
      ]),
    )
  }, 800)
  await same((town) => town.rowsKept(), 60)
  await same((town) => town.messagesSent(), 100)

  // And it would be noticed: once they are counted the two are not the same.
  for (const town of [one, other]) {
    expect(await town.minute('2026-10-11', '17:01')).toEqual([])
    await town.viewsDrawn(/^(ballot|ballotResult|turnout)$/)
  }
  const after = differences(one.seen(), other.seen())
  for (const what of [
    'ballotResult of resolution',
    'ballotResult of evaluation',
    'ballotResult of by name',
    'turnout of election',
    'ballot of resolution',
  ])
    expect(after.filter((line) => line.startsWith(what)).length).toBeGreaterThan(0)
  expect(after.filter((line) => line.startsWith('ballotResult of evaluation for member')).length).toBe(0)
})

test('in a meeting nothing depends on a vote before the count', async () => {
  const [one, other] = await both((kind) => aTownThatVotes(kind, 'in a meeting'))
  const same = sameIn(one, other)
  await same((town) => town.commandsSaid(), 800)
  await same(async (town) => {
    const drawn = await town.viewsDrawn()
    expect([...drawn]).toEqual(
      expect.arrayContaining(['ballot', 'turnout', 'ballotHost', 'gathering', 'host', 'resolve', 'election', 'electionForm']),
    )
    expect([...drawn]).not.toContain('ballotResult')
  }, 2_000)
  await same(async (town) => expect(await town.pagesOpened()).toEqual(new Set([200, 404, 410])), 100)
  await same((town) => town.messagesSent(), 40)
  await same((town) => town.rowsKept(), 60)
  await same(async (town) => {
    const pressed = await town.buttonsPressed()
    expect(pressed).toEqual(
      expect.arrayContaining(['inMeeting.longer', 'resolve.open', 'election.open', 'election.count', 'electionAgain.begin']),
    )
  }, 800)
  await same((town) => town.rowsKept(), 60)
  await same((town) => town.messagesSent(), 40)

  for (const town of [one, other]) {
    expect(await town.minute('2026-10-08', '10:31')).toEqual([])
    await town.viewsDrawn(/^(ballotResult|gathering|election)$/)
  }
  const after = differences(one.seen(), other.seen())
  for (const what of ['ballotResult of by card', 'gathering of elected', 'election of elected'])
    expect(after.filter((line) => line.startsWith(what)).length).toBeGreaterThan(0)
})

test('the door has no other routes than those that are crawled here', async () => {
  const { app } = await aTown()
  expect([...new Set(app.routes.map(({ path }) => path))].sort()).toEqual(['/healthz', '/lark/webhook', '/p/*', '/secrecy', '/voice'])
})
