import { expect, test } from 'vitest'
import { migrations } from '../../db/store/migrations.gen.ts'
import { aBranchWithContact } from '../talks/company.ts'

const copying = migrations.find(({ tag }) => tag.endsWith('_voices'))?.statements.find((one) => one.includes('FROM `worries` w'))

test('words that were raised before become voices, and open', async () => {
  const it = await aBranchWithContact()
  const talk = await it.talked('吴勇', '王芳')
  await it.press('吴勇', { press: 'worry.ask', talk }, { form: { worry: '食堂关得太早' } })
  const version = it.now().getTime()
  await it.press('王芳', { press: 'worryAsked.answer', talk, version, answer: 'signed' })
  // The version before kept the same cell in a table of its own.
  await it.store.client.executeMultiple(`drop trigger worries_are_voices;
    insert into worries (id, branch, sealed, kid, version, signer, is_done) select id, branch, sealed, kid, version, author, 0 from voices;
    delete from voices;`)
  await it.store.client.execute(copying ?? expect.fail('no such statement'))
  expect(JSON.stringify(await it.raised('李华'))).toContain('食堂关得太早')
})

test('the version before raises into its table, and the voice is here', async () => {
  const it = await aBranchWithContact()
  await it.store.client.execute(
    "insert into worries (id, branch, sealed, kid, version, signer, is_done) values ('w1', 'branch', 's', 'k', 1, null, 0)",
  )
  expect((await it.rows('select id, kind, author, is_open, is_shuffled from voices')).map((row) => ({ ...row }))).toHaveLength(1)
  const { text } = await it.shown('inbox', { subject: 's', viewer: 'm_李华' })
  expect(text).toContain('困难和问题')
})
