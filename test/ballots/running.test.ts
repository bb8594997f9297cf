import { expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { aVotingBranch, gradedBy } from '../harness/ballots/ballots.ts'
import { buttonsOf, openId } from '../harness/branch.ts'

const host = (ballot: string) => ({ subject: 's', ballot, viewer: 'm_李华' })

test('the organiser sees how many, never who; nobody else sees the card', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  await it.votes('王芳', ballot, 'for')
  const { text } = await it.shown('ballotHost', host(ballot))
  expect(text).toContain('**1**')
  expect(text).toContain('**6**')
  for (const name of it.everybody.filter((one) => one !== '李华')) expect(text).not.toContain(name)
  expect((await it.shown('ballotHost', { ...host(ballot), viewer: 'm_赵敏' })).text).toContain('不归你管')
})

test('it is put off, and never brought forward; the voters’ cards follow', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  const extend = (closes: string, name = '李华') => it.press(name, { press: 'ballotMore.extend', ballot }, { form: { closes } })
  expect((await extend('2026-10-09 16:00 +0800')).toast.zh).toContain('只能延后')
  expect((await extend('')).toast.zh).toContain('请选择日期和时间')
  expect((await extend('2026-12-30 16:00 +0800')).toast.zh).toContain('60 天')
  expect((await extend('2026-10-12 17:00 +0800', '赵敏')).mood).toBe('warning')
  expect((await extend('2026-10-12 17:00 +0800')).mood).toBe('success')
  expect((await it.it(ballot)).closesAt).toEqual(moment('2026-10-12', '17:00'))
  await it.minute('2026-10-09', '17:01')
  expect((await it.votes('王芳', ballot, 'for')).mood).toBe('success')
  expect(await it.rows("select actor from audit where deed = 'ballot.extend'")).toMatchObject([{ actor: 'm_李华' }])
})

test('a left-out elector is added on record; nobody is taken out', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens({}, ['李华', '王芳', '张伟'])
  expect((await it.votes('赵敏', ballot, 'for')).toast.zh).toContain('不在这次投票的名单上')
  expect((await it.press('李华', { press: 'ballotMore.add', ballot }, { form: {} })).toast.zh).toContain('请先选出要加的人')
  const added = await it.press('李华', { press: 'ballotMore.add', ballot }, { form: { people: ['m_赵敏', 'm_钱进', 'm_上级'] } })
  expect(added.toast.zh).toContain('已加入 1 人')
  expect((await it.it(ballot)).electors).toBe(4)
  expect((await it.outboxRows()).filter(({ view, to_id }) => view === 'ballot' && to_id === openId('赵敏'))).toHaveLength(1)
  expect((await it.votes('赵敏', ballot, 'for')).mood).toBe('success')
  expect(await it.rows('select member, added_by from electorates where added_at is not null')).toMatchObject([
    { member: 'm_赵敏', added_by: 'm_李华' },
  ])
  await expect(it.store.client.execute('delete from electorates')).rejects.toThrow('electorate is kept')
  await expect(it.store.client.execute("update electorates set member = 'm_孙丽'")).rejects.toThrow('electorate is kept')
})

test('losing the right midway stops a vote, but not one already cast', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  for (const name of ['张伟', '李华', '王芳']) await it.votes(name, ballot, 'for')
  await it.store.client.execute("update members set left_on = '2026-10-08' where id in ('m_张伟', 'm_赵敏')")
  await it.store.client.execute("update members set stage = 'probationer' where id = 'm_孙丽'")
  expect((await it.votes('孙丽', ballot, 'for')).toast.zh).toContain('没有这次投票的表决权')
  expect((await it.cardOf('孙丽', ballot)).text).toContain('没有这次投票的表决权')
  expect((await it.votes('赵敏', ballot, 'for')).mood).toBe('warning')
  expect(await it.it(ballot)).toMatchObject({ electors: 6, voted: 3 })
  await it.minute('2026-10-09', '17:01')
  expect((await it.it(ballot)).result).toMatchObject({ expected: 6, voted: 3, outcome: 'counted' })
})

test('after the first vote question and secrecy stay as they are', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  const set = (what: string) => it.store.client.execute(`update ballots set ${what} where id = '${ballot}'`)
  await set("title = '选派王芳参加培训'")
  await it.votes('王芳', ballot, 'for')
  await expect(set("title = '选派张伟参加培训'")).rejects.toThrow('question frozen')
  await expect(set("question = '{}'")).rejects.toThrow('question frozen')
  await expect(set('is_secret = 0')).rejects.toThrow('ballot frozen')
  await expect(set("public_key = 'another'")).rejects.toThrow('ballot frozen')
  await expect(
    it.store.client.execute(`insert into named_votes (ballot, member, sealed) values ('${ballot}', 'm_王芳', '[]')`),
  ).rejects.toThrow('constraint')
  await expect(
    it.opens({ use: 'pulse', isSecret: false, question: { scale: 'agreement', subjects: [{ key: '1', name: '履职' }] } }),
  ).rejects.toThrow('must be secret')
})

test('what is over stays, whatever later code or hand would change', async () => {
  const it = await aVotingBranch()
  const { client } = it.store
  const kept = async (sql: string, why: string) => expect(client.execute(sql), sql).rejects.toThrow(why)
  const [secret, named] = [
    await it.opens({ use: 'evaluation', question: gradedBy(['李华', '王芳', '张伟']) }),
    await it.opens({ isSecret: false }),
  ]
  await it.byCode(secret, 2, {})
  await it.votes('王芳', named, 'for')
  await kept('update ballots set closes_at = closes_at - 1', 'ballot frozen')
  await kept('delete from ballot_codes', 'codes are kept')
  await kept(`insert into ballot_codes values ('${named}', 'a', 0)`, 'ballot over')
  await kept(`insert into ballot_codes values ('${secret}', 'a', 1)`, 'ballot over')
  await kept(`insert into named_votes values ('${named}', 'm_张伟', '[]', null)`, 'ballot over')
  await kept('delete from named_votes', 'turnout is kept')
  const called = await it.opens()
  await it.press('李华', { press: 'ballotMore.cancel', ballot: called }, { form: { reason: '改期' } })
  await it.minute('2026-10-09', '17:01')
  await kept("update ballot_results set tally = '{}'", 'ballot result final')
  await kept('delete from ballot_results', 'ballot result final')
  for (const table of ['ballot_closures', 'ballot_cancellations']) {
    await kept(`update ${table} set at = at + 1`, 'ballot over')
    await kept(`delete from ${table}`, 'ballot over')
  }
  await kept(`insert into ballot_codes values ('${secret}', 'late', 0)`, 'ballot over')
})

test('a cancelled ballot destroys its votes uncounted and says why', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  await it.votes('王芳', ballot, 'for')
  const cancel = (reason: string) => it.press('李华', { press: 'ballotMore.cancel', ballot }, { form: { reason } })
  expect((await cancel('')).toast.zh).toContain('请写明取消的原因')
  expect((await cancel('议题有误')).mood).toBe('success')
  expect([await it.count('marks'), (await it.it(ballot)).isSealed]).toEqual([0, false])
  expect((await it.votes('张伟', ballot, 'for')).toast.zh).toContain('已经取消')
  expect((await cancel('再来一次')).toast.zh).toContain('已经取消')
  expect((await it.press('李华', { press: 'ballotHost.close', ballot })).toast.zh).toContain('已经取消')
  expect((await it.cardOf('王芳', ballot)).text).toContain('原因：议题有误')
  expect(await it.minute('2026-10-09', '17:01')).toEqual([])
  expect((await it.it(ballot)).result).toBeNull()
})

test('closed by press and clock at once, it is closed once', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  for (const name of ['李华', '王芳', '张伟', '赵敏']) await it.votes(name, ballot, 'for')
  it.at('2026-10-09', '16:00')
  const both = await Promise.all([
    it.press('李华', { press: 'ballotHost.close', ballot }),
    it.press('王芳', { press: 'ballotHost.close', ballot }),
  ])
  expect(both.map(({ mood }) => mood).sort()).toEqual(['success', 'warning'])
  expect(both.find(({ mood }) => mood === 'success')?.goesOn).toBe(true)
  expect((await it.shown('turnout', { subject: 's', ballot })).text).toContain('正在计票')
  expect((await it.votes('孙丽', ballot, 'for')).toast.zh).toContain('已经截止')
  await Promise.all([it.count_(), it.count_()])
  expect(await it.count('ballot_results')).toBe(1)
  expect((await it.shown('turnout', { subject: 's', ballot })).text).toContain('**通过**')
  const told = (await it.outboxRows()).filter(({ view }) => view === 'ballotResult').map(({ to_id }) => to_id)
  expect(told.sort()).toEqual(['oc_branch', openId('李华')].sort())
})

test('a named vote may change until the close, and shows then', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens({ isSecret: false })
  await it.votes('王芳', ballot, 'for')
  await it.votes('王芳', ballot, 'against')
  await it.votes('张伟', ballot, 'for')
  expect(await it.count('turnout')).toBe(2)
  expect((await it.cardOf('王芳', ballot)).text).toContain('截止前可以改投')
  expect(JSON.stringify(await it.rows('select sealed, said from named_votes'))).not.toMatch(/against|for/)
  await it.minute('2026-10-09', '17:01')
  const { text } = await it.shown('ballotResult', { ballot })
  expect(text).toContain('赞成 1 · 不赞成 1 · 弃权 0')
  expect(text).toContain('不赞成：王芳')
  expect(text).not.toContain('回执')
})

test('too small a circle is told nothing, and nothing is kept', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens({
    use: 'pulse',
    title: '支部工作满意度',
    question: { scale: 'agreement', subjects: [{ key: '1', name: '书记履职' }] },
  })
  for (const name of ['李华', '王芳', '张伟', '赵敏']) await it.votes(name, ballot, { agreement_1: '2' })
  await it.minute('2026-10-09', '17:01')
  expect(await it.it(ballot)).toMatchObject({ result: { outcome: 'few', voted: 4, tally: {} } })
  const { text } = await it.shown('ballotResult', { ballot, viewer: 'm_李华' })
  expect(text).toContain('不足 5 人')
  expect(text).not.toContain('不满意')
})

test('figures that contradict the turnout are withheld, and administrators told', async () => {
  const people = [
    { name: '李华', role: 'secretary' as const },
    { name: '王芳' },
    { name: '张伟' },
    { name: '总管', role: 'admin' as const, branch: null },
  ]
  const it = await aVotingBranch(people)
  const ballot = await it.opens()
  await it.votes('王芳', ballot, 'for')
  await it.votes('张伟', ballot, 'for')
  await it.store.client.execute('drop trigger marks_until_counted')
  await it.store.client.execute('delete from marks where key = (select min(key) from marks)')
  await it.minute('2026-10-09', '17:01')
  expect(await it.it(ballot)).toMatchObject({ isSealed: true, result: { outcome: 'unsound', tally: {} } })
  expect((await it.shown('turnout', { subject: 's', ballot })).text).toContain('结果不公布')
  expect((await it.outboxRows()).filter(({ view }) => view === 'ballotUnsound').map(({ to_id }) => to_id)).toEqual([openId('总管')])
  expect(await it.rows("select 1 from audit where deed = 'ballot.withhold'")).toHaveLength(1)
})

test('with another DATA_KEY nothing is counted, and nothing lost', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  for (const name of ['王芳', '张伟', '赵敏']) await it.votes(name, ballot, 'for')
  const { sealingWith } = await import('../../db/ballots/sealing.ts')
  const { countBallots } = await import('../../src/jobs/count-ballots.ts')
  it.at('2026-10-09', '16:00')
  await it.press('李华', { press: 'ballotHost.close', ballot })
  const logs: Record<string, unknown>[] = []
  const wrong = { ...it.box, sealing: sealingWith(Buffer.alloc(32, 7).toString('base64'), it.box.random) }
  await countBallots({ db: it.db, box: wrong, clock: it.now, log: (event) => void logs.push(event) })
  expect(logs).toEqual([{ level: 'error', at: 'count', ballot, error: 'WrongDataKey' }])
  expect([await it.count('marks'), await it.count('ballot_results')]).toEqual([6, 0])
  await it.count_()
  expect((await it.it(ballot)).result).toMatchObject({ outcome: 'counted', tally: { members: { counts: { 1: { for: 3 } } } } })
})

test('a waiting vote is under “mine” and “ballot”, and comes again', async () => {
  const it = await aVotingBranch()
  const ballot = await it.opens()
  const mine = await it.say('王芳', '我的', { dm: true })
  expect(mine?.text).toContain('表决 · 选派李华参加培训')
  expect(buttonsOf(mine?.card)).toContainEqual({ press: 'ballot.open', ballot })
  const list = await it.say('王芳', '投票', { dm: true })
  expect(list?.text).toContain('等你投票')
  await it.press('王芳', { press: 'ballot.open', ballot })
  expect((await it.outboxRows()).filter(({ view, to_id }) => view === 'ballot' && to_id === openId('王芳'))).toHaveLength(2)
  await it.votes('王芳', ballot, 'for')
  expect((await it.say('王芳', '投票', { dm: true }))?.text).toContain('没有等你投的票')
})

test('the secretary opens one by a form; a gap opens nothing', async () => {
  const it = await aVotingBranch()
  expect((await it.say('李华', '/投票 推荐年度先进个人'))?.text).toContain('已私聊发给你')
  const row = (await it.outboxRows()).find(({ view }) => view === 'ballotForm')
  const args = JSON.parse(String(row?.args))
  expect(JSON.stringify((await it.shown('ballotForm', args)).card)).toContain('"default_value":"推荐年度先进个人"')
  const submit = (form: object, name = '李华') =>
    it.press(
      name,
      { press: 'ballotForm.submit', id: args.id, branch: 'branch', committee: null },
      { form: { ...form } as Record<string, unknown> },
    )
  const whole = {
    use: 'award',
    title: '推荐年度先进个人',
    subjects: '王芳\n张伟\n赵敏',
    most: '2',
    secrecy: 'secret',
    whose: 'all',
    closes: '2026-10-12 17:00 +0800',
  }
  for (const [form, sentence] of [
    [{ ...whole, use: undefined }, '请选择做什么用'],
    [{ ...whole, title: '' }, '请写明投什么'],
    [{ ...whole, subjects: '王芳' }, '至少写两个候选'],
    [{ ...whole, closes: '' }, '请选择截止时间'],
    [{ ...whole, closes: '2026-10-07 17:00 +0800' }, '已经过了'],
    [{ ...whole, closes: '2027-10-07 17:00 +0800' }, '60 天'],
    [{ ...whole, use: 'pulse', secrecy: 'named' }, '必须无记名'],
    [{ ...whole, whose: 'chosen' }, '请选出投票的人'],
  ] as const)
    expect((await submit(form)).toast.zh).toContain(sentence)
  expect(await it.count('ballots')).toBe(0)
  expect((await submit(whole, '赵敏')).mood).toBe('warning')
  expect((await submit(whole)).toast.zh).toContain('选票私聊发给 7 人')
  expect((await submit(whole)).toast.zh).toContain('已经发起了')
  expect(await it.it(args.id)).toMatchObject({ use: 'award', isSecret: true, question: { most: 2 }, electors: 7 })
})

test('the committee asks all branches below, and alone hears the answer', async () => {
  const it = await aVotingBranch()
  expect((await it.say('上级', '/投票 书记履职民意测评', { dm: true }))?.view).toBe('ballotForm')
  const answer = await it.press(
    '上级',
    { press: 'ballotForm.submit', id: 'unitwide', branch: null, committee: 'committee' },
    { form: { use: 'pulse', title: '书记履职', closes: '2026-10-12 17:00 +0800' } },
  )
  expect(answer.toast.zh).toContain('选票私聊发给 7 人')
  for (const name of ['王芳', '张伟', '赵敏', '孙丽', '周杰'])
    await it.votes(name, 'unitwide', { agreement_1: name === '王芳' ? '3' : '5' })
  await it.minute('2026-10-12', '17:01')
  expect((await it.shown('ballotResult', { ballot: 'unitwide', viewer: 'm_上级' })).text).toContain('很满意 4 · 一般 1 · 平均 4.6')
  expect((await it.shown('ballotResult', { ballot: 'unitwide', viewer: 'm_李华' })).card).toBeNull()
  expect((await it.outboxRows()).filter(({ view }) => view === 'ballotResult').map(({ to_id }) => to_id)).toEqual([openId('上级')])
})

test.each([
  ['in the evening', '2026-10-08', '20:59', '2026-10-08 20:59'],
  ['by night', '2026-10-08', '21:00', '2026-10-09 08:00'],
  ['before morning', '2026-10-09', '07:00', '2026-10-09 08:00'],
  ['on a Sunday', '2026-10-11', '10:00', '2026-10-11 10:00'],
])('opened %s it waits for waking hours, and the opener hears when', async (_what, on, time, due) => {
  const it = await aVotingBranch()
  it.at(on, time)
  const form = { use: 'resolution', title: '选派一人', closes: '2026-10-12 17:00 +0800' }
  const answer = await it.press('李华', { press: 'ballotForm.submit', id: 'b', branch: 'branch', committee: null }, { form })
  const dues = (await it.outboxRows()).filter(({ view }) => view === 'ballot').map(({ due_at }) => Number(due_at))
  expect(new Set(dues)).toEqual(new Set([moment(due.slice(0, 10), due.slice(11)).getTime()]))
  expect(answer.toast.zh.includes('08:00')).toBe(due.endsWith('08:00'))
})

test('a ballot that is over by the morning goes out at once', async () => {
  const it = await aVotingBranch()
  it.at('2026-10-08', '22:00')
  await it.opens({ closesAt: moment('2026-10-09', '07:00') })
  const dues = (await it.outboxRows()).filter(({ view }) => view === 'ballot').map(({ due_at }) => Number(due_at))
  expect(new Set(dues)).toEqual(new Set([it.now().getTime()]))
})

test('the form asks what its use needs, and the title suggests it', async () => {
  const it = await aVotingBranch()
  const form = async (title: string) => (await it.shown('ballotForm', { id: 'b', branch: 'branch', committee: null, title })).card
  const fieldsOf = (card: unknown) =>
    [...JSON.stringify(card).matchAll(/"name":"(title|subjects|most|secrecy|whose|people|closes)"/g)].map(([, name]) => name)
  expect(fieldsOf(await form(''))).toEqual([])
  expect(fieldsOf(await form('选派一人参加培训'))).toEqual(['title', 'secrecy', 'whose', 'people', 'closes'])
  expect(fieldsOf(await form('推荐年度先进个人'))).toEqual(['title', 'subjects', 'most', 'secrecy', 'whose', 'people', 'closes'])
  const uses = buttonsOf(await form('')).filter(({ press }) => press === 'ballotForm.use')
  expect(uses.map(({ use }) => use)).toEqual(['resolution', 'award', 'pulse', 'review'])
  const pulse = await it.press('李华', uses[2] ?? {})
  expect(fieldsOf(pulse.card)).toEqual(['title', 'subjects', 'whose', 'people', 'closes'])
  const submit = buttonsOf(pulse.card).find(({ press }) => press === 'ballotForm.submit') ?? {}
  const opened = await it.press('李华', submit, { form: { title: '食堂满意度', whose: 'all', closes: '2026-10-20 17:00 +0800' } })
  expect(opened.toast.zh).toContain('投票已发起')
})
