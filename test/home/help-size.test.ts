import { expect, test } from 'vitest'
import { help } from '../../cards/home/help.ts'
import { menuCard } from '../../commands/index.ts'
import type { Actor } from '../../db/branches/members.ts'
import { seatRoles } from '../../src/rules/branches/rights.ts'
import { findings } from '../harness/browser/judged.ts'
import { aStore } from '../harness/database.ts'

// The list of commands grows with the product. It was too large for the platform once, and nobody got an answer.
test('help fits one message for whoever holds every seat', async () => {
  const { db } = await aStore()
  const seats = seatRoles.map((role) => ({ role, branch: 'branch', committee: null, group: null }))
  const everything = { id: 'm', openId: 'ou', name: '李华', unit: 'unit', branch: 'branch', stage: 'full', seats } as unknown as Actor
  const { args } = menuCard(everything) as { args: object }
  const card = await help.render(db, args, new Date('2026-10-08T10:00:00+08:00'), { url: () => null, plain: () => null })
  expect(findings(card ? [card] : [], 'help')).toEqual([])
  expect(Buffer.byteLength(JSON.stringify(JSON.stringify(card)))).toBeLessThan(30_000)
})
